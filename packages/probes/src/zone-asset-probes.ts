import { outreach, outreachPath } from '@sax/topology'
import { fileFindings, pageFindings } from './asset-judge.ts'
import { hashedFilesIn, linksOf, styleSheetUrls } from './links.ts'
import { ask, askAll, type Finding, type Probe } from './probe.ts'
import { doors, tokenOf } from './site-questions.ts'
import type { StageFacts } from './stage-facts.ts'

/** The checklist's test 3 through every public name, with a token alone: each file the zone's pages name is there. */
export function zoneAssetProbes(facts: StageFacts): readonly Probe[] {
  const others = facts.otherDoors.filter(({ zone }) => zone === outreach.name).map(({ door }) => door)
  return [...doors, ...others].map((door) => ({
    id: `assets.zone.${door}`,
    group: 'assets',
    title: `Every file that the zone's pages name answers at ${door}, to be kept for a year`,
    incidents: ['R1', 'R3', 'R6'],
    *course() {
      const base = facts.outreachUrl
      const findings: Finding[] = []
      const files = new Set<string>()
      for (const path of [outreachPath(), outreachPath('templates')]) {
        const page = yield* ask({ kind: 'http', door: 'outreach', path, carries: [tokenOf('administrator')] })
        findings.push(...pageFindings(new URL(path, base).href, page))
        const links = [
          ...linksOf(page.body, base).filter(({ kind }) => kind === 'file'),
          ...hashedFilesIn(page.body, [outreach.assetPrefix], base),
        ]
        for (const { url } of links) if (isZoneFile(url)) files.add(url)
      }
      if (files.size === 0) findings.push('the pages of the zone name no file at all')
      for (let batch = [...files]; batch.length > 0; ) {
        const answers = yield* askAll(batch.map((url) => ({ kind: 'http', door, path: new URL(url).pathname })))
        const further = answers.flatMap((answer, index) => {
          const url = batch[index] ?? base
          findings.push(...fileFindings(url, answer))
          return /\.css$/.test(new URL(url).pathname) ? styleSheetUrls(answer.body, url).map((link) => link.url) : []
        })
        batch = [...new Set(further)].filter((url) => isZoneFile(url) && !files.has(url))
        for (const url of batch) files.add(url)
      }
      return [...new Set(findings)]
    },
  }))
}

function isZoneFile(url: string): boolean {
  return new URL(url).pathname.startsWith(`${outreach.assetPrefix}/`)
}
