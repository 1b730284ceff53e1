/** What packages find as `electron` in tests: nothing. electron-store then asks for a folder, which it gets. */
// biome-ignore lint/style/noDefaultExport: the package it stands in for has one
export default {}
