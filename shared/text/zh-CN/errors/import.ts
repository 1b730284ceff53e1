import type { importing as english } from '../../en/errors/import.ts'
import type { Wordings } from '../../words.ts'

export const importing: Wordings<typeof english> = {
  1069901: {
    message: '飞书没能开始把文件转换为在线文档。',
    remedy: '无需处理，飞递会自动重试。',
  },
  1069902: {
    message: '当前账号不能向这个文件夹导入文档。',
    remedy: '请确认文件夹还在，并向所有者申请编辑权限，然后重试。',
  },
  1069904: {
    message: '飞书不能把这个文件转换为这种文档。',
    remedy: '请按文件名所示的格式重新保存，或作为文件上传。',
  },
  1069906: {
    message: '待转换的文件在飞书上已不存在。',
    remedy: '无需处理，飞递会重新上传。',
    finalRemedy: '请稍后重试，或作为文件上传。',
  },
  1069909: {
    message: '文件太大，不能转换为在线文档。',
    remedy: '请拆分文件，或作为文件上传。',
  },
  1069912: {
    message: '存放文档的文件夹已不存在。',
    remedy: '请选择其他文件夹。',
  },
  1069913: {
    message: '上传后五分钟内没有完成转换，飞书已清除该文件。',
    remedy: '无需处理，飞递会重新上传。',
  },
  1069923: {
    message: '飞书限制了同时导入文档的频率。',
    remedy: '无需处理，飞递会自动继续。',
  },
  'document-needs-folder': {
    message: '在线文档只能放在文件夹里或知识库页面下，而当前目标都不是。',
    remedy: '请选择文件夹，或选择放在知识库页面下（命令行用 page:…），或按原文件上传。',
  },
  'import-too-large': {
    message: '文件太大，不能转换为在线文档。',
    remedy: '请拆分文件，或作为文件上传。',
  },
  'import-not-utf8': {
    message: '文本不是 UTF-8 编码（可能是 GBK），转换后会出现乱码。',
    remedy: '请另存为 UTF-8（在 Excel 中选择“CSV UTF-8”），或作为文件上传。',
  },
  'import-format': {
    message: '飞书无法读取这个文件：文件已损坏，或内容与文件名不符。',
    remedy: '请打开文件并按文件名所示的格式重新保存，或作为文件上传。',
  },
  'import-encrypted': {
    message: '文件有密码保护，飞书无法转换。',
    remedy: '请去掉密码，或作为文件上传。',
  },
  'import-too-complex': {
    message: '文件的内容或层级超出了飞书文档的上限。',
    remedy: '请拆分文件，或作为文件上传。',
  },
  'import-failed': {
    message: '飞书转换文件失败。',
    remedy: '无需处理，飞递会重新上传。',
    finalRemedy: '请稍后重试，或作为文件上传。',
  },
  'import-busy': {
    message: '飞书正在处理该文件夹里的其他更改。',
    remedy: '无需处理，飞递会重新上传。',
    finalRemedy: '请稍后重试。',
  },
  'import-slow': {
    message: '飞书仍在转换这个文件。',
    remedy: '无需处理，飞递会继续查看结果。',
  },
  'import-unanswered': {
    message: '飞书的回复丢失了，不确定文档是否正在生成。',
    remedy: '无需处理，飞递会在五分钟后查看结果，以免生成两份。',
  },
  'import-as-file': {
    message: '这个文件不能转换为在线文档。',
    remedy: '无需处理，飞递会把它作为文件上传。',
  },
  'document-uncertain': {
    message: '飞书的回复丢失了，之后出现了一个同名文档，不能确定是不是这一个。',
    remedy: '请在飞书里查看并确认是否是你的文档。如果不是，请重新上传，飞递会在旁边新建一份。',
  },
  'document-not-moved': {
    message: '文档已生成在该账号自己的空间，但飞书没有把它移到知识库页面下[：{detail}]。',
    remedy: '请让知识库管理员授予这个页面的编辑权限，然后重试：只会移动这个文档，不会再生成一份。',
  },
}
