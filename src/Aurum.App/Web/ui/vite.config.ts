import { defineConfig } from "vite";
import { mockApi } from "./mock/api";

// Names without hashes: the server sends an ETag and no-cache, so a new build is seen at once and an old one costs one 304.
export default defineConfig(({ command }) => ({
  base: "./",
  plugins: command === "serve" ? [mockApi(process.env["AURUM_API"])] : [],
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  build: {
    outDir: "../../wwwroot",
    emptyOutDir: true,
    target: "es2022",
    modulePreload: { polyfill: false },
    rollupOptions: {
      output: {
        entryFileNames: "assets/aurum.js",
        chunkFileNames: "assets/[name].js",
        assetFileNames: "assets/[name][extname]",
      },
    },
  },
}));
