import type { Asked } from './asked.ts'
import { askedTitle, factsOf } from './facts.ts'
import type { Hop } from './hop.ts'
import type { Site } from './site.ts'

/** A way as text for a terminal: one block for each hop. */
export function wayText(asked: Asked, site: Pick<Site, 'label'>, hops: readonly Hop[]): string {
  const blocks = hops.map(factsOf)
  const width = Math.max(...blocks.flatMap(({ facts }) => facts.map(({ label }) => label.length)))
  return [
    askedTitle(asked, site),
    ...blocks.flatMap(({ title, facts }, i) => [
      '',
      `${i + 1}  ${title}`,
      ...facts.map(({ label, value }) => `     ${label.padEnd(width)}  ${value}`),
    ]),
  ].join('\n')
}
