/**
 * For a classic <script> in <head>, before any style or module: sets the reader's choice before the first paint.
 * Under a content security policy it needs its hash.
 */
export const themeSnippet = `try{var t=localStorage.getItem('theme');if(t==='light'||t==='dark')document.documentElement.dataset.theme=t}catch(e){}`;
