import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

/** Where the services answer while the page is served by Vite. */
const services = process.env['XINQIAO_SERVICES'] ?? 'http://127.0.0.1:8080';

/** Puts .br and .gz beside every text asset, once at build time: the server sends them as they are. */
function compressed(): Plugin {
  return {
    name: 'compressed-assets',
    apply: 'build',
    writeBundle({ dir = '' }) {
      const assets = join(dir, 'assets');
      for (const name of readdirSync(assets).filter((file) => /\.(js|css|svg)$/.test(file))) {
        const text = readFileSync(join(assets, name));
        if (text.length < 1_024) continue; // smaller than the headers that would announce it
        const size = { [constants.BROTLI_PARAM_SIZE_HINT]: text.length, [constants.BROTLI_PARAM_QUALITY]: 9 };
        writeFileSync(join(assets, `${name}.br`), brotliCompressSync(text, { params: size }));
        writeFileSync(join(assets, `${name}.gz`), gzipSync(text, { level: 9 }));
      }
    },
  };
}

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react(), compressed()],
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
