import { chooseLanguage } from '#main/cli/settings.ts'
import type { Text } from '#shared/text/language.ts'

const TEXTS = {
  ready: {
    'zh-CN': '本地飞书已就绪：{url}，准备了 {count} 个文件。',
    en: 'A local Feishu is ready at {url}, with {count} files to upload.',
  },
  killed: {
    'zh-CN': '已故意强行结束进程（SIGKILL），此时视频的 15 片中有 {arrived} 片到达飞书。',
    en: 'Killed on purpose (SIGKILL), with {arrived} of the 15 parts of the video at Feishu.',
  },
  watch: {
    'zh-CN':
      '在浏览器中打开下面的链接，看它从断点继续；单击视频一行，可以看到已经到达的分片。上传大约需要一分钟。',
    en: 'Open the link below in a browser and see it go on from there; click the row of the video for the parts that are up already. The upload takes about a minute.',
  },
  stay: {
    'zh-CN': '全部上传完毕，页面还可以继续看。按回车键结束。',
    en: 'Everything is up; the page stays for you to look around. Press Enter to end.',
  },
  offer: {
    'zh-CN': '想在浏览器里看：npm run demo -- --web',
    en: 'To watch it in a browser: npm run demo -- --web',
  },
  compared: {
    'zh-CN': '已比对：{count} 个文件全部到达飞书，每个一份，逐字节一致。',
    en: 'Compared: all {count} files are at Feishu, once each, byte for byte.',
  },
  account: {
    'zh-CN':
      '发送分片 {sent} 次，计划 {planned} 片，重复 {twice} 次（进程被结束时正在途中的）。共调用接口 {calls} 次，因频率被拒 {refused} 次。',
    en: '{sent} parts sent for a plan of {planned}; {twice} sent twice (on their way at the kill). {calls} calls, {refused} refused for their rate.',
  },
} as const satisfies Record<string, Text>

const language = chooseLanguage(undefined, process.env)

/** Tells the person at the terminal what the demo does. */
export function say(
  key: keyof typeof TEXTS,
  values: Readonly<Record<string, string | number>>,
): void {
  const text = TEXTS[key][language].replace(/\{(\w+)\}/g, (hole, name: string) =>
    String(values[name] ?? hole),
  )
  process.stdout.write(`\n▸ ${text}\n`)
}
