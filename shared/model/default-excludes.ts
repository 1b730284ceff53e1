/**
 * The default exclusions of a new rule, as patterns a person sees and can edit. They are written as
 * in .gitignore and compared without regard to case. Each was weighed against names people give: a
 * name that an ordinary file or folder may well have is not here.
 */
export const DEFAULT_EXCLUDES: readonly string[] = [
  // Microsoft Office, WPS and LibreOffice: lock files and copies of what is open.
  '~$*',
  '.~*',
  '~WRL*.tmp',
  '*.~tmp',
  // Microsoft Access: the lock file.
  '*.laccdb',
  // Adobe InDesign and Premiere Pro: lock files.
  '*.idlk',
  '*.prlock',
  // Adobe Photoshop: scratch files, without an extension. "Photoshop Templates" is none.
  'Photoshop Temp[0-9]*',
  // AutoCAD: lock files, automatic saves and drawings that are being saved.
  '*.dwl',
  '*.dwl2',
  '*.sv$',
  '*.ac$',
  // Any program that copies, moves or saves.
  '*.tmp',
  '*.temp',
  '*.partial',
  // Chrome, Edge, Quark, 360 and others made of Chromium; files that a web page writes.
  '*.crdownload',
  '*.crswap',
  // Firefox, yt-dlp and eMule.
  '*.part',
  '*.part-Frag*',
  '*.part.met',
  '*.ytdl',
  // Safari and Opera.
  '*.download',
  '*.opdownload',
  // Xunlei: of today, and of old. A .td without a second extension may be TableGen source.
  '*.xltd',
  '*.xltd.cfg',
  '*.*.td',
  '*.td.cfg',
  // Baidu Netdisk (.baiduyun.p.downloading) and others.
  '*.downloading',
  '*.downloading.cfg',
  // Quark Drive.
  '*.qkdownloading',
  // aria2 and Motrix: the control file. The half file beside it waits until that is gone.
  '*.aria2',
  // Free Download Manager and FlashGet.
  '*.fdmdownload',
  '*.jc!',
  // uTorrent, qBittorrent, BitComet and Vuze.
  '*.!ut',
  '*.!qB',
  '*.bc!',
  '*.az!',
  // WinSCP.
  '*.filepart',
  // Vim: swap and undo files.
  '.*.sw[a-px]',
  '.*.un~',
  // Kate.
  '.*.kate-swp',
  // Emacs, gedit, Vim, nano: the version before. Not 旅行~, nor 2026.10.1~.
  '*.[a-z]*~',
  '*.~[0-9]*~',
  // Emacs: automatic saves and locks. Not #旅行#.
  '\\#*.[a-z]*\\#',
  '.#*',
  // GNOME: files that are being saved.
  '.goutputstream-*',
  // NFS, FUSE and SMB: deleted files that a program still has open.
  '.nfs0*',
  '.fuse_hidden*',
  '.smbdelete*',
  // iCloud up to macOS 13, Nextcloud and ownCloud: stand-ins for files that are not downloaded.
  '.*.icloud',
  '*.nextcloud',
  '*.owncloud',
  // Files that systems leave behind.
  '.DS_Store',
  '.localized',
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
