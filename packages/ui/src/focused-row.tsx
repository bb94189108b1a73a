/** The row that j and k stand on, if a list is shown: where the keyboard goes on after a detour. */
export const focusedRow = (): HTMLElement | null => document.querySelector<HTMLElement>('[data-focused=true]');
