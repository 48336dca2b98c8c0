import react from '@vitejs/plugin-react'
import { defineConfig } from 'vitest/config'
import { mantineVariablesPlugin } from './build/mantine-variables.ts'

export default defineConfig({
  plugins: [react(), mantineVariablesPlugin()],
  build: {
    target: 'es2022',
    // The fences of the Content-Security-Policy: nothing becomes a data: script, and no style sheet is put into a script.
    assetsInlineLimit: 0,
    cssCodeSplit: true,
    sourcemap: false,
    reportCompressedSize: false,
    chunkSizeWarningLimit: 600,
  },
  define: { global: 'globalThis' },
  test: {
    environment: 'jsdom',
    include: ['test/**/*.test.{ts,tsx}'],
    setupFiles: ['test/setup.ts'],
    css: false,
    // a machine may have much else to do
    testTimeout: 30_000,
    unstubGlobals: true,
    restoreMocks: true,
  },
})
