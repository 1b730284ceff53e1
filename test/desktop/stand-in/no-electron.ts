/**
 * The `electron` that packages find in tests: an empty object. electron-store then asks for a
 * folder, which it gets.
 */
// biome-ignore lint/style/noDefaultExport: the package it stands in for has one
export default {}
