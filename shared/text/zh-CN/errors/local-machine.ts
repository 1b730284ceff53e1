import type { localMachine as english } from '../../en/errors/local-machine.ts'
import type { Wordings } from '../../words.ts'

export const localMachine: Wordings<typeof english> = {
  'home-in-use': {
    message: '另一个飞递正在使用同一个数据目录[（{detail}）]。',
    remedy: '请先关闭另一个飞递，或用 --home 指定另一个数据目录。',
  },
  'home-unwritable': {
    message: '飞递无法写入自己的数据目录[（{detail}）]。',
    remedy:
      '请允许当前用户写入这个目录，或用 --home（FEIDI_HOME）指定另一个目录，然后重新启动飞递。',
  },
  'home-moved': {
    message: '数据目录来自另一台电脑，或是另一个数据目录的副本[（{detail}）]，所以暂停了上传。',
    remedy:
      '如果以后只在这里使用，请点“这是我的新电脑”，或运行 feidi home adopt；否则两边会把同样的文件各传一次。',
  },
  'home-restored': {
    message:
      '数据目录被恢复到了较早的状态[（{detail}）]，此后上传过的文件这里没有记录，所以暂停了上传。',
    remedy:
      '如果要从这个状态继续，请点“从这里继续”，或运行 feidi home adopt；飞书里可能已有的文件会先核对，不会直接重传。',
  },
  'home-gone': {
    message: '飞递的数据目录在运行时被删除或替换了[（{detail}）]。',
    remedy: '请把数据目录放回原处（如果还有备份），再重新启动飞递。',
  },
  'home-set-aside': {
    message: '数据目录由 1.0 之前的测试版创建，已原样移到一边[（{detail}）]。',
    remedy:
      '请重新启动飞递，从新的数据目录开始：需要重新登录并添加监视规则。新目录没有以前的上传记录，以前传过的文件会再次上传，除非选择跳过同名文件。',
  },
  'home-unreleased': {
    message: '数据目录由 1.0 之前的测试版创建[（{detail}）]，当前版本不会打开它，内容没有改动。',
    remedy:
      '请退出测试版，把这个目录移走或改名，然后重新启动飞递；也可以用 --home 选择另一个目录。',
  },
  'store-newer': {
    message: '数据由更新版本的飞递保存，当前版本无法打开。',
    remedy: '请把飞递更新到最新版本；数据没有被改动。',
  },
  'store-corrupt': {
    message: '飞递的队列数据已损坏，无法读取[（{detail}）]。',
    remedy: '请先备份数据目录，再移走损坏的文件并重新启动飞递；已上传到飞书的文件不受影响。',
  },
  'settings-corrupt': {
    message: '飞递的设置文件已损坏，已原样移到一边[（{detail}）]。',
    remedy: '请修好这个文件并改回原名 settings.json，或者重新添加监视规则。',
  },
  'settings-damaged': {
    message: '飞递的设置文件已损坏[（{detail}）]，文件仍在原处。',
    remedy: '请修好这个文件；否则飞递下次启动时会把它原样移到一边，从新的设置开始。',
  },
  'store-failed': {
    message: '飞递无法保存上传进度，因此停了下来。',
    remedy: '请检查磁盘空间和数据目录的写入权限，然后重新启动飞递；已保存的进度会保留。',
  },
  'disk-full': {
    message: '本机磁盘已满，飞递无法保存上传进度。',
    remedy: '请腾出一些磁盘空间，然后重新启动飞递；已保存的进度会保留。',
  },
  usage: {
    message: '命令或设置的写法有误[：{detail}]。',
    remedy: '请运行 feidi --help 查看用法。',
  },
  'no-terminal': {
    message: '飞递需要询问一项内容，但这里没有可以提问的终端[：缺少 {detail}]。',
    remedy:
      '请在终端中运行，或提前用同名的选项（--…）或环境变量（FEIDI_…）给出回答。飞递不会从管道或命令行读取密钥。',
  },
  internal: {
    message: '飞递自身出现了程序错误，没有完成这个文件。',
    remedy: '请更新飞递后重试；若仍不行，请把日志提供给飞递的开发者。',
  },
}
