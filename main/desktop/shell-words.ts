import type { Language, Text } from '#shared/text/language.ts'

/** What menus, the tray, notifications and questions of the desktop say. */
const WORDS = {
  appName: { 'zh-CN': '飞递', en: 'Feidi' },
  about: { 'zh-CN': '关于飞递', en: 'About Feidi' },
  hideApp: { 'zh-CN': '隐藏飞递', en: 'Hide Feidi' },
  hideOthers: { 'zh-CN': '隐藏其他', en: 'Hide Others' },
  showAll: { 'zh-CN': '全部显示', en: 'Show All' },
  quit: { 'zh-CN': '退出飞递', en: 'Quit Feidi' },
  open: { 'zh-CN': '打开飞递', en: 'Open Feidi' },
  addFiles: { 'zh-CN': '添加文件…', en: 'Add Files…' },
  addFolder: { 'zh-CN': '添加文件夹…', en: 'Add Folder…' },
  pauseAll: { 'zh-CN': '全部暂停', en: 'Pause All' },
  resumeAll: { 'zh-CN': '全部继续', en: 'Resume All' },
  needsYou: { 'zh-CN': '需要你处理', en: 'What Needs You' },
  settings: { 'zh-CN': '设置…', en: 'Settings…' },
  file: { 'zh-CN': '文件', en: 'File' },
  edit: { 'zh-CN': '编辑', en: 'Edit' },
  undo: { 'zh-CN': '撤销', en: 'Undo' },
  redo: { 'zh-CN': '重做', en: 'Redo' },
  cut: { 'zh-CN': '剪切', en: 'Cut' },
  copy: { 'zh-CN': '复制', en: 'Copy' },
  paste: { 'zh-CN': '粘贴', en: 'Paste' },
  selectAll: { 'zh-CN': '全选', en: 'Select All' },
  view: { 'zh-CN': '显示', en: 'View' },
  queue: { 'zh-CN': '队列', en: 'Queue' },
  folders: { 'zh-CN': '文件夹', en: 'Folders' },
  history: { 'zh-CN': '历史', en: 'History' },
  actualSize: { 'zh-CN': '实际大小', en: 'Actual Size' },
  zoomIn: { 'zh-CN': '放大', en: 'Zoom In' },
  zoomOut: { 'zh-CN': '缩小', en: 'Zoom Out' },
  fullScreen: { 'zh-CN': '全屏', en: 'Full Screen' },
  window: { 'zh-CN': '窗口', en: 'Window' },
  minimize: { 'zh-CN': '最小化', en: 'Minimize' },
  closeWindow: { 'zh-CN': '关闭窗口', en: 'Close Window' },
  idle: { 'zh-CN': '空闲', en: 'Idle' },

  quitTitle: { 'zh-CN': '文件还在上传', en: 'Files are still uploading' },
  quitDetail: {
    'zh-CN': '现在退出不会丢失进度，下次启动飞递后会从断点继续。',
    en: 'Nothing is lost if you quit now. Feidi goes on from the same place when it starts again.',
  },
  keepUploading: { 'zh-CN': '继续上传', en: 'Keep Uploading' },
  quitNow: { 'zh-CN': '退出，下次继续', en: 'Quit, Go On Next Time' },

  stillRunning: { 'zh-CN': '飞递仍在后台运行', en: 'Feidi keeps running' },
  stillRunningDetail: {
    'zh-CN': '上传会继续。点击托盘图标，或再次启动飞递，即可重新打开窗口。',
    en: 'Uploads go on. Click the icon in the tray, or start Feidi again, to open the window.',
  },
  stillRunningDetailMac: {
    'zh-CN': '上传会继续。点击菜单栏或程序坞中的图标即可重新打开窗口。',
    en: 'Uploads go on. Click the icon in the menu bar or in the Dock to open the window.',
  },
  understood: { 'zh-CN': '知道了', en: 'OK' },

  windowFailed: { 'zh-CN': '飞递的窗口又出错了', en: 'The window of Feidi failed again' },
  windowFailedDetail: {
    'zh-CN': '上传不受影响，仍在继续。可以重新打开窗口；若再次出错，请重新启动电脑或更新飞递。',
    en: 'Your uploads are not affected and go on. Open the window again; if it fails once more, restart the computer or update Feidi.',
  },
  windowHangs: { 'zh-CN': '飞递的窗口没有响应', en: 'The window of Feidi does not answer' },
  windowHangsDetail: {
    'zh-CN': '上传不受影响，仍在继续。',
    en: 'Your uploads are not affected and go on.',
  },
  wait: { 'zh-CN': '继续等待', en: 'Wait' },
  reload: { 'zh-CN': '重新加载', en: 'Load Again' },

  fault: { 'zh-CN': '飞递遇到了程序错误', en: 'Feidi ran into a fault of its own' },
  faultDetail: {
    'zh-CN': '进度已经保存，重新启动后会从断点继续。详细信息记录在日志中：',
    en: 'Progress is saved, and Feidi goes on from it after a restart. The log says more:',
  },
  restart: { 'zh-CN': '重新启动', en: 'Restart' },
  goOn: { 'zh-CN': '继续运行', en: 'Go On' },
} as const satisfies Record<string, Text>

export type ShellWord = keyof typeof WORDS

export function say(word: ShellWord, language: Language): string {
  return WORDS[word][language]
}
