import { createLogger } from '@sax/logging'
import { sampleDataEnv } from './env.ts'
import { insertSampleData } from './store/insert-sample-data.ts'

const inserted = await insertSampleData(sampleDataEnv().adminUrl, new Date())
createLogger({ service: 'outreach-api-sample-data' }).info('sample data loaded', { count: inserted })
