import tailwind from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { themeSnippet } from '@windlass/ui/theme-snippet';
import { defineConfig } from 'vite';

// The host stays the browser's: the server compares it with the origin of a change.
const api = { target: process.env.API_URL ?? 'http://127.0.0.1:4000', changeOrigin: false };

export default defineConfig({
  plugins: [
    react(),
    tailwind(),
    // One source for the script that sets the theme before the first paint; the server allows it by its hash.
    { name: 'theme-snippet', transformIndexHtml: (html) => html.replace('/* theme */', themeSnippet) },
  ],
  server: {
    host: '127.0.0.1',
    port: 4173,
    strictPort: true,
    proxy: { '/api': api, '^/d/': api, '^/hooks/': api, '^/orders/[a-z]+\\.csv': api },
  },
  build: { sourcemap: false, chunkSizeWarningLimit: 600 },
});
