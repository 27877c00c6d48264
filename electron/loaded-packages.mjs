/**
 * What the built program loads from node_modules: native code, and libraries that look for their own files at run time.
 * Everything else is bundled, so a start reads a handful of files. The build leaves these out, the package takes them in.
 */
export const LOADED_PACKAGES = [
  'better-sqlite3-multiple-ciphers',
  '@node-rs/argon2',
  '@napi-rs/canvas',
  'pdfmake',
  'exceljs',
  'electron-updater',
  'pino',
  'ws',
  'yauzl',
]
