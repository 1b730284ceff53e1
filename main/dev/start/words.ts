import type { Text } from '#shared/text/language.ts'

const MIRROR = 'https://npmmirror.com/mirrors/electron/'

/** What a person is told when the desktop app can not be started. */
export const WORDS = {
  noElectron: {
    'zh-CN': `
无法获取 Electron，桌面窗口需要它（约 120 MB，只在第一次启动时下载）。

  · 换一个镜像再试，在中国大陆通常有效：
      {set}ELECTRON_MIRROR=${MIRROR}{and}npm start
  · 经过代理访问网络：
      {set}HTTPS_PROXY=http://proxy.example:8080{and}npm start
  · 不要桌面窗口，在浏览器里用同样的界面：
      npm run start:web`,
    en: `
Electron, which the desktop window needs, could not be fetched (about 120 MB, at the first start only).

  · Try a mirror, which usually helps in mainland China:
      {set}ELECTRON_MIRROR=${MIRROR}{and}npm start
  · Go through a proxy:
      {set}HTTPS_PROXY=http://proxy.example:8080{and}npm start
  · Do without the window and use the same pages in a browser:
      npm run start:web`,
  },
  noScreen: {
    'zh-CN': `这里没有图形界面（DISPLAY 和 WAYLAND_DISPLAY 都没有设置）。
在浏览器里用同样的界面：npm run start:web`,
    en: `There is no graphical session here (neither DISPLAY nor WAYLAND_DISPLAY is set).
Use the same pages in a browser: npm run start:web`,
  },
} as const satisfies Record<string, Text>
