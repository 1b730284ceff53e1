import type { KeptBecause } from '../model/copy.ts'
import type { Language, Text } from './language.ts'

const KEPT_WORDS: Readonly<Record<KeptBecause, Text>> = {
  'not-ours': {
    'zh-CN': '飞书里的同名文件不是从这里上传的，两个都保留了',
    en: 'The file of that name in Feishu was not uploaded from here: both are there',
  },
  'not-proven': {
    'zh-CN': '无法确认飞书里的同名文件是从这里上传的，两个都保留了',
    en: 'It is not certain that the file of that name in Feishu was uploaded from here: both are there',
  },
  'in-use': {
    'zh-CN': '飞书里的同名文件对应这台电脑上的另一个文件，两个都保留了',
    en: 'The file of that name in Feishu belongs to another file on this computer: both are there',
  },
  uncertain: {
    'zh-CN': '同名文件是在一次结果不明的上传期间出现的，可能是别人的，两个都保留了',
    en: 'The file of that name appeared while the outcome of an upload was uncertain and may be anybody’s: both are there',
  },
  several: {
    'zh-CN': '飞书里有多个同名文件，不确定该替换哪一个，全部保留了',
    en: 'Feishu has several files of that name, and it is not certain which to replace: all are there',
  },
  refused: {
    'zh-CN': '这里不能替换同名文件，两个都保留了',
    en: 'Could not replace the file of that name here: both are there',
  },
}

/** Why a file of the same name was left alone. */
export function describeKept(because: KeptBecause, language: Language): string {
  return KEPT_WORDS[because][language]
}

const REPLACED_OTHER: Text = {
  'zh-CN': '已替换的同名文件不是从这里上传的',
  en: 'The file that was replaced had not been uploaded from here',
}

/** Said when somebody else's file was replaced, as asked for. */
export function describeReplacedOther(language: Language): string {
  return REPLACED_OTHER[language]
}

const BLOCK_LEFT: Text = {
  'zh-CN': '文档中为这个文件准备的位置已被他人修改，飞递没有移除它；如不需要，请自行删除。',
  en: 'The place made for this file in the document was changed by somebody and is left there. Delete it yourself if nobody needs it.',
}

/** Said when what was made in a document for a file that did not arrive is no longer empty. */
export function describeBlockLeft(language: Language): string {
  return BLOCK_LEFT[language]
}
