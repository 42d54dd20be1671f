import { readFileSync, writeFileSync } from 'node:fs'
import { withCoverage } from './coverage.ts'

const readme = new URL('../../README.md', import.meta.url)
writeFileSync(readme, withCoverage(readFileSync(readme, 'utf8')))
