import { describe, expect, test } from 'vitest'
import { stringTree } from '../source/source-tree.ts'
import { workflows } from './workflows.ts'

const COMMIT = '08c6903cd8c0fde910a37f88322edcfb5dd907a8'

const judged = async (text: string) =>
  (await workflows.run(stringTree({ '.github/workflows/some.yml': text }))).map(({ line, why }) => [line, why])

const workflow = (job: string, head = 'permissions: {}\non: push\n') =>
  `${head}jobs:\n  one:\n    runs-on: ubuntu-latest\n${job}`

describe('workflows', () => {
  test('a workflow that keeps to the rules is good', async () => {
    expect(
      await judged(
        workflow(
          `    environment: develop\n    concurrency: develop\n    steps:\n      - uses: actions/checkout@${COMMIT} # v5.0.0\n      - run: npx zones deploy develop\n`,
        ),
      ),
    ).toEqual([])
  })

  test.each<[what: string, job: string, finding: readonly [number, string]]>([
    [
      'an action by its tag',
      '    steps:\n      - uses: actions/checkout@v5\n',
      [7, 'uses actions/checkout@v5, which can change'],
    ],
    [
      'a commit without its version',
      `    steps:\n      - uses: actions/checkout@${COMMIT}\n`,
      [7, 'does not say which version the commit is'],
    ],
    [
      'D14: a release outside an environment',
      '    concurrency: production\n    steps:\n      - run: npx zones deploy production\n',
      [8, 'changes a stage outside an environment'],
    ],
    [
      'D15: two releases at once',
      '    environment: production\n    steps:\n      - run: npx zones promote staging production\n',
      [8, 'may run twice at once'],
    ],
  ])('%s is found', async (_, job, finding) => {
    expect(await judged(workflow(job))).toEqual([finding])
  })

  test('a workflow that takes default rights is found', async () => {
    expect(await judged(workflow('    steps:\n      - run: echo\n', 'on: push\n'))).toEqual([
      [1, 'has whatever rights the repository gives by default'],
    ])
  })

  test.each(['pull_request_target', '[push, pull_request_target]', '\n  pull_request_target:\n    branches: [main]'])(
    'rights for a stranger are found: %s',
    async (events) => {
      const found = await judged(workflow('    steps:\n      - run: echo\n', `permissions: {}\non: ${events}\n`))
      expect(found.map(([, why]) => why)).toEqual(["runs a stranger's change with the rights of this repository"])
    },
  )

  test('what GitHub would not run is found by its own grammar', async () => {
    const found = await judged(workflow(`    needs: another\n    steps:\n      - run: echo \${{ nothing.at.all }}\n`))
    expect(found.map(([line]) => line)).toEqual([4, 8])
  })

  test("text that a stranger wrote does not become a command's", async () => {
    const found = await judged(workflow(`    steps:\n      - run: echo \${{ github.event.pull_request.title }}\n`))
    expect(found).toHaveLength(1)
  })

  test('what is no workflow at all is found', async () => {
    expect((await judged('just text\n')).at(-1)).toEqual([0, 'is no workflow'])
  })
})
