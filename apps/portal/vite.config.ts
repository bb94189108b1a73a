import tailwind from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { themeSnippet } from '@windlass/ui/theme-snippet';
import { defineConfig } from 'vite';

// The host stays the browser's: the server compares it with the origin of a change.
const api = { target: process.env.API_URL ?? 'http://127.0.0.1:4000', changeOrigin: false };

export default defineConfig({
  // The pages stand under /a/<token>; their files beside the admin's, under a name of their own.
  base: '/portal/',
  plugins: [
    react(),
    tailwind(),
    { name: 'theme-snippet', transformIndexHtml: (html) => html.replace('/* theme */', themeSnippet) },
  ],
  server: { host: '127.0.0.1', port: 4174, strictPort: true, proxy: { '/api': api, '/pictures': api } },
  build: { sourcemap: false },
});
