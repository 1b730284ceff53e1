/**
 * What a new rule leaves out, as patterns a person sees and can edit. They are written as in
 * .gitignore and compared without regard to case.
 */
export const DEFAULT_EXCLUDES: readonly string[] = [
  // Office and WPS: lock files and copies of what is open.
  '~$*',
  '.~*',
  '~WRL*.tmp',
  '*.~tmp',
  // Downloads and copies under way.
  '*.tmp',
  '*.temp',
  '*.part',
  '*.partial',
  '*.crdownload',
  '*.download',
  '*.opdownload',
  '*.!ut',
  '*.filepart',
  // Editors: swap files.
  '.*.swp',
  '.*.swx',
  // What systems leave lying about.
  '.DS_Store',
  '._*',
  '.Spotlight-V100/',
  '.Trashes/',
  '.fseventsd/',
  '.TemporaryItems/',
  '.Trash-*/',
  '.directory',
  'Thumbs.db',
  'ehthumbs.db',
  'desktop.ini',
  '$RECYCLE.BIN/',
  'System Volume Information/',
  '\\#recycle/',
  '@eaDir/',
  'lost+found/',
  // Version control.
  '.git',
  '.svn/',
  '.hg/',
  // Names of devices: Windows can not open files called so.
  'CON',
  'PRN',
  'AUX',
  'NUL',
  'COM[0-9]',
  'LPT[0-9]',
  // Feidi's own.
  '.feidi*',
  'feidi.db*',
]
