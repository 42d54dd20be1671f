// Run in the folder of a Next application: builds it and makes a function of it. These are OpenNext's own steps without
// its functions for images, revalidation and warming, which this site does not have; the first of them would fetch
// packages from the internet during the build.
import { execFileSync } from 'node:child_process'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { setStandaloneBuildMode } from '@opennextjs/aws/build/buildNextApp.js'
import { compileCache } from '@opennextjs/aws/build/compileCache.js'
import { compileOpenNextConfig } from '@opennextjs/aws/build/compileConfig.js'
import { createStaticAssets } from '@opennextjs/aws/build/createAssets.js'
import { createMiddleware } from '@opennextjs/aws/build/createMiddleware.js'
import { createServerBundle } from '@opennextjs/aws/build/createServerBundle.js'
import { generateOutput } from '@opennextjs/aws/build/generateOutput.js'
import * as stages from '@opennextjs/aws/build/helper.js'
import { patchOriginalNextConfig } from '@opennextjs/aws/build/patch/patches/index.js'
import { nextInOneFile } from './next-in-one-file.ts'

const application = process.cwd()
const openNext = dirname(dirname(fileURLToPath(import.meta.resolve('@opennextjs/aws/build/helper.js'))))
const { config, buildDir } = await compileOpenNextConfig(join(application, 'open-next.config.ts'))
const options = stages.normalizeOptions(config, `${openNext}/`, buildDir)
stages.checkRunningInsideNextjsApp(options)

setStandaloneBuildMode(options)
stages.initOutputDir(options)
const next = fileURLToPath(import.meta.resolve('next/dist/bin/next'))
execFileSync(process.execPath, [next, 'build'], { stdio: 'inherit', cwd: application })

await patchOriginalNextConfig(options)
compileCache(options)
await createMiddleware(options)
createStaticAssets(options)
await createServerBundle(options)
await nextInOneFile(join(options.outputDir, 'server-functions', 'default'))
await generateOutput(options)
