import { expect, it } from 'vitest'
import { contextMenu } from '#main/desktop/context-menu.ts'

const editFlags = { canCut: false, canCopy: true, canPaste: true, canSelectAll: true } as never

const rolesOf = (isEditable: boolean, selectionText: string) =>
  contextMenu({ isEditable, selectionText, editFlags }, 'zh-CN').flatMap(
    ({ role, label, enabled }) => (role === undefined ? [] : [`${label} ${role} ${enabled}`]),
  )

it('a text field can be cut from, copied from and pasted into', () => {
  expect(rolesOf(true, '')).toEqual([
    '剪切 cut false',
    '复制 copy true',
    '粘贴 paste true',
    '全选 selectAll true',
  ])
})

it('text elsewhere can be copied, and where there is none nothing opens', () => {
  expect(rolesOf(false, 'log id')).toEqual(['复制 copy true'])
  expect(rolesOf(false, ' ')).toEqual([])
})
