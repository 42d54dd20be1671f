import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { repositoryRoot } from '@sax/local/settings'
import { type Stage, stages } from '@sax/topology'
import { afterAll, describe, expect, test } from 'vitest'
import { xmlFault } from '../../test/diagram/well-formed.ts'
import { diskFiles } from '../explain/files.ts'
import { type GraphArguments, graph } from './graph.ts'

const folder = mkdtempSync(join(tmpdir(), 'zones-graph-'))
const ownRouting = (stage: Stage) => stages[stage].routing
afterAll(() => rmSync(folder, { recursive: true }))

async function drawn(arguments_: GraphArguments): Promise<string> {
  const outcome = await graph(arguments_, diskFiles, ownRouting)
  if (outcome.kind !== 'done') throw new Error('expected a diagram')
  return outcome.text
}

const mermaid = async (arguments_: GraphArguments) => (await drawn(arguments_)).split('\n').map((line) => line.trim())

test.each(['host', 'edge'])(
  'the picture of %s routing in the documents is the one that is drawn today',
  async (routing) => {
    const kept = readFileSync(join(repositoryRoot, `docs/images/site-${routing}-routing.svg`), 'utf8')
    const today = await drawn({ stage: 'production', routing, format: 'svg' })
    expect(
      kept.trim() === today.trim(),
      `npx zones graph production --routing ${routing} --out docs/images/site-${routing}-routing.svg`,
    ).toBe(true)
  },
)

describe('Mermaid', () => {
  test('in host routing the host’s behaviours lead to the host, whose proxy leads to the zone', async () => {
    const lines = await mermaid({ stage: 'production', routing: 'host' })
    expect(lines[1]).toBe('flowchart LR')
    expect(lines).toContain('nd1(["dreamconnect.health"])')
    const behaviors = lines.find((line) => line.startsWith('d1['))?.split('<br/>') ?? []
    const first = behaviors.findIndex((line) => line.startsWith('1#58; '))
    expect(behaviors[first]).toContain('1#58; /outreach/api/#42; - CachingDisabled, AllViewerExceptHostHeader')
    expect(behaviors[first + 1]).toContain('2#58; /outreach-static/#42; - CachingOptimized, CORS-S3Origin')
    const pages = lines.find((line) => line.includes('sleepconnect-pages<br/>')) ?? ''
    expect(pages).toContain('sax-lambda-us-east-1-0x-p-sleep-connect-server#95;production')
    const id = /^o\d/.exec(pages)?.[0]
    expect(lines).toContain(`d1 -- "1, 3, 4, 6" --> ${id}`)
    expect(lines).toContain(`${id} -. "the host#39;s proxy carries" .-> nd2`)
  })

  test('in edge routing they lead to the zone, and nothing is carried', async () => {
    const lines = await mermaid({ stage: 'production', routing: 'edge' })
    const routes = lines.find((line) => line.includes('outreach-api-routes<br/>')) ?? ''
    expect(lines).toContain(`d1 -- "1" --> ${/^o\d/.exec(routes)?.[0]}`)
    expect(lines.filter((line) => line.includes('proxy'))).toEqual([])
  })
})

describe('SVG', () => {
  test.each(['host', 'edge'])(
    '%s routing: one well-formed picture with a name, the same every time',
    async (routing) => {
      const picture = await drawn({ stage: 'production', routing, format: 'svg' })
      expect(xmlFault(picture)).toBeUndefined()
      expect(picture).toMatch(/^<svg role="img" aria-label="The site: production, (host|edge) routing\. /)
      expect(picture).toContain(`<title>The site: production, ${routing} routing</title>`)
      expect(await drawn({ stage: 'production', routing, format: 'svg' })).toBe(picture)
    },
  )

  test('it stands alone, and follows the reader’s preference for dark', async () => {
    const picture = await drawn({ stage: 'production', format: 'svg' })
    expect(picture.replace('xmlns="http://www.w3.org/2000/svg"', '')).not.toMatch(/https?:|@import|@font-face|url\(/)
    expect(picture).toContain('@media (prefers-color-scheme:dark)')
    const colours = new Set([...picture.matchAll(/(?:fill|stroke)="(#[0-9a-f]+)"/g)].map(([, colour]) => colour))
    const dark = [...colours].filter((colour) => !picture.includes(`[fill="${colour}"]`))
    expect(dark).toEqual([])
  })

  test('it says what the checklist has to find: patterns, policies, functions, buckets, the firewall', async () => {
    const texts = [...(await drawn({ stage: 'production', format: 'svg' })).matchAll(/<text[^>]*>([^<]*)</g)].map(
      ([, text]) => text?.replaceAll('&#160;', ' '),
    )
    for (const owed of [
      ...['dreamconnect.health', 'outreach.dreamconnect.health', '/outreach-static/*', 'CachingOptimized'],
      ...['AllViewerExceptHostHeader', 'CORS-S3Origin', 'sax-nextjs-us-east-production-outreach-assets'],
      ...['sax-lambda-us-east-1-0x-p-outreach-server_production', 'signed by origin access control, auth type AWS_IAM'],
      ...['firewall sleepconnect-outreach-production', 'its proxy carries to zone outreach'],
    ]) {
      expect(texts).toContain(owed)
    }
  })
})

const SOMEBODYS = {
  DistributionConfig: {
    Enabled: true,
    Aliases: { Quantity: 1, Items: ['shop.example.test'] },
    Origins: {
      Quantity: 2,
      Items: [
        {
          ...{ Id: 'app <1> & "co"', DomainName: 'app.example.test', CustomOriginConfig: {} },
          CustomHeaders: { Quantity: 1, Items: [{ HeaderName: 'x-origin-key', HeaderValue: 'canary-of-the-origin' }] },
        },
        { Id: 'files', DomainName: 'shop-files.s3.eu-west-1.amazonaws.com', S3OriginConfig: {} },
      ],
    },
    CacheBehaviors: {
      Quantity: 1,
      Items: [
        {
          ...{ PathPattern: '/files/*', TargetOriginId: 'files', ViewerProtocolPolicy: 'https-only' },
          CachePolicyId: '658327ea-f89d-4fab-a63d-7e88639e58f3',
        },
      ],
    },
    DefaultCacheBehavior: {
      ...{ TargetOriginId: 'app <1> & "co"', ViewerProtocolPolicy: 'https-only' },
      CachePolicyId: '4135ea2d-6df8-44a3-9df3-4b5a84be39ad',
    },
  },
}

describe('somebody’s configuration', () => {
  const file = join(folder, 'live.json')
  writeFileSync(file, JSON.stringify(SOMEBODYS))

  test.each(['mermaid', 'svg'])(
    'is drawn as %s, unknown policies by their ids, no header value told',
    async (format) => {
      const picture = await drawn({ distribution: file, format })
      expect(picture).toContain('shop.example.test')
      expect(picture).toContain('shop-files')
      expect(picture.replaceAll('#58;', ':')).toContain('unknown:658327ea-f89d-4fab-a63d-7e88639e58f3')
      expect(picture).not.toContain('canary')
      if (format === 'svg') expect(xmlFault(picture)).toBeUndefined()
    },
  )
})

test('--out writes a file, as SVG when its name says so', async () => {
  const out = join(folder, 'site.svg')
  expect(await drawn({ stage: 'develop', out })).toBe(`Wrote ${out}`)
  expect(readFileSync(out, 'utf8')).toMatch(/^<svg /)
})

test.each<[why: string, arguments_: GraphArguments, says: string]>([
  ['an unknown stage', { stage: 'prod' }, 'There is no stage "prod"'],
  ['an unknown routing mode', { stage: 'develop', routing: 'cloud' }, '--routing is host or edge'],
  ['an unknown format', { stage: 'develop', format: 'png' }, '--format is mermaid or svg'],
  ['neither stage nor file', {}, 'Give a stage (develop, staging, production, local, rehearsal) or --distribution'],
  ['a file that is not there', { distribution: join(folder, 'none.json') }, 'there is no such file'],
  ['a folder', { distribution: folder }, 'it is a folder'],
  ['a file that holds something else', { distribution: join(folder, 'other.json') }, 'DistributionConfig'],
  ['a routing mode for a file', { distribution: join(folder, 'live.json'), routing: 'edge' }, 'Leave --routing out'],
  ['a place that cannot be written', { stage: 'develop', out: join(folder, 'no', 'x.svg') }, 'Give another --out'],
])('%s is bad input', async (_why, arguments_, says) => {
  writeFileSync(join(folder, 'other.json'), '{"a": 1}')
  expect(await graph(arguments_, diskFiles, ownRouting)).toMatchObject({
    kind: 'bad-input',
    reason: expect.stringContaining(says),
  })
})
