import type * as english from '../en/start.ts'
import type { Words } from '../words.ts'

export const start: Words<typeof english.start> = {
  noElectron: `
无法获取 Electron，桌面窗口需要它（约 120 MB，只在第一次启动时下载）。

  · 换一个镜像再试，在中国大陆通常有效：
      {set}ELECTRON_MIRROR={mirror}{and}npm start
  · 经过代理访问网络：
      {set}HTTPS_PROXY=http://proxy.example:8080{and}npm start
  · 不要桌面窗口，在浏览器里用同样的界面：
      npm run start:web`,
  noScreen: `这里没有图形界面（DISPLAY 和 WAYLAND_DISPLAY 都没有设置）。
在浏览器里用同样的界面：npm run start:web`,
  noSandbox: `
这个系统不允许 Electron 这类程序为页面建立沙箱，直接启动会崩溃。

  · 让 Electron 的辅助程序建立沙箱，需要管理员密码：
      sudo chown root:root {helper} && sudo chmod 4755 {helper}
  · 不用沙箱启动，只适合开发：
      npm start -- --no-sandbox
  · 不要桌面窗口，在浏览器里用同样的界面：
      npm run start:web`,
  asRoot: `
以 root 身份运行时，Electron 无法启用沙箱。

  · 换成其他用户启动。
  · 不用沙箱启动，只适合开发：
      npm start -- --no-sandbox
  · 不要桌面窗口，在浏览器里用同样的界面：
      npm run start:web`,
  killed: '应用崩溃了（{signal}）。请附上前面的输出反馈给我们。',
}

export const demo: Words<typeof english.demo> = {
  ready: '本地飞书已就绪：{url}，准备了 {count} 个文件。',
  killed: '已故意强行结束进程（SIGKILL），此时视频的 15 片中有 {arrived} 片到达飞书。',
  watch:
    '在浏览器中打开下面的链接，看它从断点继续；单击视频一行，可以看到已经到达的分片。上传大约需要一分钟。',
  stay: '全部上传完毕，页面还可以继续看。按回车键结束。',
  offer: '想在浏览器里看：npm run demo -- --web',
  compared: '已比对：{count} 个文件全部到达飞书，每个一份，逐字节一致。',
  account:
    '发送分片 {sent} 次，计划 {planned} 片，重复 {twice} 次（进程被结束时正在途中的）。共调用接口 {calls} 次，因频率被拒 {refused} 次。',
}
