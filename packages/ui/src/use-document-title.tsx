import { useEffect } from 'react';

/** Names the browser's tab after the screen, which screen readers say first: "Orders · Windlass". */
export function useDocumentTitle(screen: string): void {
  useEffect(() => {
    document.title = `${screen} · Windlass`;
  }, [screen]);
}
