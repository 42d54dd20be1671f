import { expect, test } from 'vitest'
import { stringTree } from '../source/source-tree.ts'
import { importCycles } from './import-cycles.ts'

test('a circle of three files is named once, whole, at the import that closes it', async () => {
  const findings = await importCycles.run(
    stringTree({
      'tools/x/a.ts': "import './b.ts'",
      'tools/x/b.ts': "import type { C } from './c.ts'",
      'tools/x/c.ts': "\nexport { a } from './a.ts'",
    }),
  )
  expect(findings).toEqual([
    {
      file: 'tools/x/c.ts',
      line: 2,
      why: 'imports go in a circle: tools/x/a.ts -> tools/x/b.ts -> tools/x/c.ts -> tools/x/a.ts',
      fix: 'move what both sides need into a file of its own',
    },
  ])
})

test('a file that imports itself is a circle', async () => {
  const findings = await importCycles.run(stringTree({ 'a.ts': "import './a.ts'" }))
  expect(findings.map(({ why }) => why)).toEqual(['imports go in a circle: a.ts -> a.ts'])
})

test('two ways to the same file are no circle', async () => {
  const tree = stringTree({ 'a.ts': "import './b.ts'\nimport './c.ts'", 'b.ts': "import './c.ts'", 'c.ts': '' })
  expect(await importCycles.run(tree)).toEqual([])
})
