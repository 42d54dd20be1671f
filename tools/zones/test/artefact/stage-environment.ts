import type { FunctionRole } from '@sax/topology'

const aws = {
  AWS_REGION: 'us-east-1',
  AWS_ACCESS_KEY_ID: 'key-of-a-test',
  AWS_SECRET_ACCESS_KEY: 'secret-of-a-test',
  STAGE: 'develop',
  LOG_LEVEL: 'info',
  AWS_LAMBDA_FUNCTION_NAME: 'f',
}

const database = { DATABASE_HOST: 'database.example.test', DATABASE_NAME: 'outreach' }
const carrier = {
  TWILIO_ACCOUNT_SID: `AC${'0'.repeat(32)}`,
  TWILIO_SECRET_ID: 'twilio',
  PUBLIC_WEBHOOK_BASE_URL: 'https://api.example.test/dev',
  MEDIA_BUCKET: 'media',
}

/** The environment that a stage gives to a function, as infra/src/environment.ts says it. */
export const stageEnvironment: Readonly<Partial<Record<FunctionRole, Readonly<Record<string, string>>>>> = {
  'sleep-connect-server': {
    ...aws,
    AUTH0_SECRET_ID: 'auth0',
    SESSION_SECRET_ID: 'session',
    USER_CONTEXT_SECRET_ID: 'user-context',
    AUTH0_DOMAIN: 'tenant.example.test',
    AUTH0_CLIENT_ID: 'client',
    APP_BASE_URL: 'https://host.example.test',
    OUTREACH_APP_URL: 'https://zone.example.test',
    USER_CONTEXT_TTL_SEC: '900',
  },
  'outreach-server': { ...aws, USER_CONTEXT_SECRET_ID: 'user-context', SLEEPCONNECT_URL: 'https://host.example.test' },
  'outreach-api-routes': {
    ...aws,
    USER_CONTEXT_SECRET_ID: 'user-context',
    API_BASE_URL: 'https://api.example.test/dev',
    PUBLIC_NAMES: 'host.example.test,zone.example.test',
  },
  'outreach-api': {
    ...{ ...aws, ...database, ...carrier },
    DATABASE_USER: 'outreach_api',
    USER_CONTEXT_SECRET_ID: 'user-context',
    OUTBOX_QUEUE_URL: 'https://sqs.example.test/outbox',
  },
  'outreach-worker': {
    ...{ ...aws, ...database, ...carrier },
    DATABASE_USER: 'outreach_worker',
    TWILIO_API_BASE_URL: 'https://carrier.example.test',
  },
  'outreach-migrations': {
    ...{ ...aws, ...database },
    DATABASE_ADMIN_SECRET_ID: 'administrator',
    LAMBDA_RUNTIME_DIR: '/var/runtime',
  },
}
