import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** Where the services answer while the page is served by Vite. */
const services = process.env['XINQIAO_SERVICES'] ?? 'http://127.0.0.1:8080';

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  build: { outDir: 'dist', emptyOutDir: true, chunkSizeWarningLimit: 900 },
  server: {
    port: 5173,
    strictPort: true,
    proxy: {
      '/api': {
        target: services,
        changeOrigin: true,
        // The cookie counts for commands only when they come from the services' own origin.
        configure: (proxy) => proxy.on('proxyReq', (request) => request.setHeader('origin', services)),
      },
    },
  },
});
