import type { localRule as english } from '../../en/errors/local-rule.ts'
import type { Wordings } from '../../words.ts'

export const localRule: Wordings<typeof english> = {
  'rule-unknown': {
    message: '没有这条监视规则[：{detail}]。',
    remedy: '它可能已被删除；所有规则见“文件夹”页面或 feidi rules list。',
  },
  'rule-exists': {
    message: '已有一条规则监视同一个文件夹，并上传到同一个目标[：{detail}]。',
    remedy: '无需再添加；如要改变设置，请修改那条规则。',
  },
  'rule-overlaps': {
    message: '这个文件夹与另一条规则的文件夹重叠，同一个文件会被上传两次[：{detail}]。',
    remedy: '请改选不重叠的文件夹，或先删除另一条规则。',
  },
  'rule-folder-missing': {
    message: '要监视的文件夹不存在，或者不是文件夹[：{detail}]。',
    remedy: '请检查路径；如果它在移动硬盘上，请先连接硬盘。',
  },
  'rule-folder-is-file': {
    message: '这里是一个文件，不是文件夹[：{detail}]。',
    remedy: '请选择它所在的文件夹，或直接上传这个文件。',
  },
  'rule-folder-forbidden': {
    message: '飞递没有读取这个文件夹的权限[：{detail}]。',
    remedy: '请在文件夹的属性中允许当前用户读取，然后重试。',
  },
  'rule-folder-replaced': {
    message: '监视的文件夹现在指向别处[：{detail}]。',
    remedy: '如果你确实要这样做，请确认这个文件夹；否则请把它恢复原样。',
  },
  'rule-folder-is-disk': {
    message: '这是整个磁盘，不能监视[：{detail}]。',
    remedy: '请选择磁盘中只放要上传的文件的文件夹。',
  },
  'rule-folder-holds-home': {
    message: '飞递自己的数据目录与这个文件夹重叠，数据会不断改变[：{detail}]。',
    remedy: '请选择另一个文件夹，或用 --home 把数据目录放到别处。',
  },
  'rule-folder-is-personal': {
    message: '这是整个用户文件夹，未经允许不会上传到共享的地方[：{detail}]。',
    remedy: '请选择其中要上传的文件夹，或允许上传敏感文件（命令行加 --allow-sensitive）。',
  },
  'rule-on-network': {
    message: '这个文件夹在网络驱动器上，其他电脑的改动不会通知到这里[（{detail}）]。',
    remedy: '请把这条规则的“如何发现改动”改为“每 30 秒查看一次”（命令行加 --poll）。',
  },
  'copy-vanished': {
    message: '这个文件已不在飞书的原文件夹中：在那里被删除或移走了[：{detail}]。',
    remedy:
      '如果是有意为之，无需处理。要重新上传，请把规则的“已上传的文件在飞书中不见了时”改为“再次上传”；命令行用 --on-vanished again，或用 feidi forget 只重传这个文件。',
  },
  'follow-changed-there': {
    message: '有人在飞书中修改、重命名、移动或删除了它，飞递不再改动飞书中的内容[：{detail}]。',
    remedy:
      '请对照两边，如仍需要，请在飞书中自行更改。在规则中点击“批准”或运行 feidi rules approve，飞递会再试一次。',
  },
  'follow-needs-folder': {
    message: '只有上传到云空间文件夹的规则才能同步更改[：{detail}]。',
    remedy: '请选择云空间文件夹作为目的地，或关闭同步更改。',
  },
  'follow-limit': {
    message: '24 小时内有许多文件被删除、重命名或替换，飞递暂不在飞书中同步[：{detail}]。',
    remedy:
      '请在规则中或用 feidi rules show 查看列表。如果无误，请点击“批准”或运行 feidi rules approve；否则请恢复这些文件，或关闭同步更改。',
  },
  'follow-folder-changed': {
    message: '监视的文件夹或其中的磁盘与之前不同，飞递暂不在飞书中同步[：{detail}]。',
    remedy:
      '请重新连接磁盘。如果是有意更换，请在规则中点击“批准”或运行 feidi rules approve；此后，现在缺少的文件会保留在飞书中。',
  },
  'no-rules': {
    message: '没有启用的监视规则。',
    remedy:
      '请用 feidi watch 加文件夹和 --to 目标来监视一个文件夹，或用 feidi rules resume 恢复一条规则。',
  },
}
