import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { exampleFacts, stageTemplates } from '@sax/infra'
import type { RoutingMode } from '@sax/topology'
import { forgetPhones } from './conversations.ts'
import { dataDirOf, sharedDataDirs } from './data-dir.ts'
import { assertCleanLogs } from './log-sweep.ts'
import { startFresh } from './site-under-test.ts'

/**
 * Starts a site in each routing mode for all tests, behind the very template that CloudFormation gets for production;
 * what comes back stops both and looks through the logs of the whole run.
 */
export default async function globalSetup(): Promise<() => Promise<void>> {
  forgetPhones()
  const modes = ['host', 'edge'] as const
  const running = await Promise.all(
    modes.map((routing, index) =>
      startFresh({
        built: 'before',
        dataDir: sharedDataDirs[routing],
        index,
        routing,
        edgeTemplate: productionTemplate(routing),
      }),
    ),
  )
  return async () => {
    await Promise.all(running.map((one) => one.stop()))
    for (const [index, { site }] of running.entries())
      await assertCleanLogs(site, sharedDataDirs[modes[index] ?? 'host'])
  }
}

/** Path of production's template, beside the sites' folders, which are emptied. */
function productionTemplate(routing: RoutingMode): string {
  const templates = stageTemplates({ stage: 'production', facts: exampleFacts('production'), routing })
  const site = templates.find(({ part }) => part === 'site')
  if (site === undefined) throw new Error('a stage has a template of its site')
  const folder = dataDirOf('e2e-templates')
  mkdirSync(folder, { recursive: true })
  const path = join(folder, `${routing}.json`)
  writeFileSync(path, site.body)
  return path
}
