/** 多维表格记录数据结构: which value goes into which field. */
import { type Base, type BaseField, type BaseTable, FIELD_TYPE } from './bases.ts'
import { Refusal, type RefusalCode } from './refusal.ts'
import type { Server } from './server.ts'

type Rule = readonly [fits: (value: unknown) => boolean, otherwise: RefusalCode]

const RULES: Readonly<Record<number, Rule>> = {
  [FIELD_TYPE.text]: [isText, 1254060],
  [FIELD_TYPE.number]: [isNumber, 1254061],
  [FIELD_TYPE.singleSelect]: [isText, 1254062],
  [FIELD_TYPE.multiSelect]: [(value) => Array.isArray(value) && value.every(isText), 1254063],
  [FIELD_TYPE.date]: [isNumber, 1254064],
  [FIELD_TYPE.checkbox]: [(value) => typeof value === 'boolean', 1254065],
  [FIELD_TYPE.url]: [(value) => isText((value as { link?: unknown } | null)?.link), 1254068],
  [FIELD_TYPE.attachment]: [isAttachments, 1254069],
}

/**
 * Judges the `fields` of a record. 1254001 not an object, 1254045 no such field, 1254015 a field that takes
 * no values or an attachment for a field of another kind, 125406x a value of the wrong shape,
 * 1254106 too many attachments, 1254303 an attachment that was not uploaded to this Base.
 */
export function checkFields(
  server: Server,
  base: Base,
  table: BaseTable,
  given: unknown,
): Record<string, unknown> {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    throw new Refusal(1254001)
  }
  for (const [name, value] of Object.entries(given)) {
    const field = table.fields.find((each) => each.name === name)
    if (field === undefined) throw new Refusal(1254045)
    if (value !== null) checkValue(server, base, field, value)
  }
  return given as Record<string, unknown>
}

function checkValue(server: Server, base: Base, field: BaseField, value: unknown): void {
  const rule = RULES[field.type]
  if (rule === undefined) throw new Refusal(1254015)
  const [fits, otherwise] = rule
  if (!fits(value)) {
    throw new Refusal(isAttachments(value) && tokensOf(value).length > 0 ? 1254015 : otherwise)
  }
  if (field.type !== FIELD_TYPE.attachment) return
  const tokens = tokensOf(value)
  if (tokens.length > base.rules.maxAttachments) throw new Refusal(1254106)
  if (tokens.some((token) => !belongsTo(server, base, token))) throw new Refusal(1254303)
}

/** 附件字段说明: a media of another Base, or a Drive file, cannot be used. */
function belongsTo(server: Server, base: Base, token: string): boolean {
  const file = server.library.get(token)
  return file?.family === 'medias' && file.parent === base.token
}

/** A record as answers show it: attachments with name and size. */
export function shownFields(
  server: Server,
  table: BaseTable,
  fields: Readonly<Record<string, unknown>>,
) {
  const attachmentNames = new Set(
    table.fields.filter(({ type }) => type === FIELD_TYPE.attachment).map(({ name }) => name),
  )
  const shown = Object.entries(fields).map(([name, value]) => {
    if (!attachmentNames.has(name)) return [name, value]
    return [name, tokensOf(value).map((token) => attachmentRow(server, token))]
  })
  return Object.fromEntries(shown) as Record<string, unknown>
}

function attachmentRow(server: Server, token: string): Record<string, unknown> {
  const file = server.library.get(token)
  const url = `https://open.feishu.cn/open-apis/drive/v1/medias/${token}/download`
  return { file_token: token, name: file?.name, size: file?.sizeBytes, type: '', url }
}

function tokensOf(value: unknown): string[] {
  return (value as { file_token: string }[]).map((item) => item.file_token)
}

function isAttachments(value: unknown): boolean {
  return (
    Array.isArray(value) &&
    value.every((item) => isText((item as { file_token?: unknown } | null)?.file_token))
  )
}

function isText(value: unknown): boolean {
  return typeof value === 'string'
}

function isNumber(value: unknown): boolean {
  return typeof value === 'number' && Number.isFinite(value)
}
