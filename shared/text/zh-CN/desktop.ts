import type * as english from '../en/desktop.ts'
import type { Words } from '../words.ts'

export const desktop: Words<typeof english.desktop> = {
  appName: '飞递',
  about: '关于飞递',
  copyright: '© 2026 The Feidi developers，以 MIT 许可证发布',
  services: '服务',
  hideApp: '隐藏飞递',
  hideOthers: '隐藏其他',
  showAll: '全部显示',
  quit: '退出飞递',
  open: '打开飞递',
  addFiles: '添加文件…',
  addFolder: '添加文件夹…',
  pauseAll: '全部暂停',
  resumeAll: '全部继续',
  needsAttention: '需要处理',
  settings: '设置…',
  file: '文件',
  edit: '编辑',
  undo: '撤销',
  redo: '重做',
  cut: '剪切',
  copy: '复制',
  paste: '粘贴',
  selectAll: '全选',
  view: '显示',
  queue: '队列',
  folders: '文件夹',
  history: '历史',
  actualSize: '实际大小',
  zoomIn: '放大',
  zoomOut: '缩小',
  fullScreen: '全屏',
  developerTools: '开发者工具',
  window: '窗口',
  minimize: '最小化',
  zoomWindow: '缩放',
  bringAllToFront: '前置全部窗口',
  closeWindow: '关闭窗口',
  idle: '空闲',

  quitTitle: '文件还在上传',
  quitDetail: '现在退出不会丢失进度，下次启动飞递后会从断点继续。',
  keepUploading: '继续上传',
  quitNow: '退出，下次继续',

  stillRunning: '飞递会在后台继续运行',
  stillRunningDetail: '上传会继续。点击托盘图标，或再次启动飞递，即可重新打开窗口。',
  stillRunningDetailMac: '上传会继续。点击菜单栏或程序坞中的图标即可重新打开窗口。',
  understood: '知道了',

  windowFailed: '飞递的窗口又出错了',
  windowFailedDetail:
    '上传不受影响，仍在继续。可以重新打开窗口；若再次出错，请重新启动电脑或更新飞递。',
  windowHangs: '飞递的窗口没有响应',
  windowHangsDetail: '上传不受影响，仍在继续。',
  wait: '继续等待',
  reload: '重新加载',

  fault: '飞递遇到了程序错误',
  faultDetail: '进度已经保存，重新启动后会从断点继续。详细信息记录在日志中：',
  restart: '重新启动',
  continue: '继续运行',

  linkFailed: '链接没有打开',
  linkFailedDetail: '系统没有可用的浏览器。请复制链接，再自行在浏览器中打开。',
  copyLink: '复制链接',

  fileDone: '{name} 已上传',
  filesDone: '{count} 个文件已上传',
  clickForRemedy: '点击查看解决办法。',
}

export const signInTitle: Words<typeof english.signInTitle> = {
  received: '可以回到飞递了',
  denied: '没有登录',
  foreign: '这个链接不属于当前的登录',
}

export const signInPage: Words<typeof english.signInPage> = {
  received: '飞书已返回登录结果，飞递正在完成登录。这个页面可以关闭。',
  denied: '授权没有同意。如需登录，请回到飞递重新开始。这个页面可以关闭。',
  foreign: '请回到飞递，从那里重新打开登录页面。',
}
