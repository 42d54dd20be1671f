import type { Access } from '@sax/api-contract'
import { Table, TBody, Td, THead, Th, Tr } from '@sax/ui/table'
import { accessWords } from './access-words.ts'

const moment = new Intl.DateTimeFormat('en-US', {
  year: 'numeric',
  month: 'short',
  day: 'numeric',
  hour: 'numeric',
  minute: '2-digit',
  second: '2-digit',
  timeZoneName: 'short',
})

/** Who looked, when, and at what. On paper its head is repeated on every sheet, and no row is torn. */
export function AccessTable({ rows }: { readonly rows: readonly Access[] }) {
  return (
    <Table caption="Accesses" className="print:text-xs">
      <THead>
        <Tr>
          <Th>When</Th>
          <Th>Who</Th>
          <Th>What</Th>
          <Th>Practice</Th>
        </Tr>
      </THead>
      <TBody>
        {rows.map((row, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: rows have no name of their own, and none is ever put between
          <Tr key={index} className="break-inside-avoid">
            <Td numeric align="start">
              <time dateTime={row.at}>{moment.format(Date.parse(row.at))}</time>
            </Td>
            <Td>{row.name === null ? `Somebody no longer known here (${row.saxId})` : <bdi>{row.name}</bdi>}</Td>
            <Td>{accessWords(row.action)}</Td>
            <Td>{row.practiceName === '' ? 'Another practice' : <bdi>{row.practiceName}</bdi>}</Td>
          </Tr>
        ))}
      </TBody>
    </Table>
  )
}
