import type { FunctionRole } from '@sax/topology'

const aws = {
  AWS_REGION: 'us-east-1',
  AWS_ACCESS_KEY_ID: 'key-of-a-test',
  AWS_SECRET_ACCESS_KEY: 'secret-of-a-test',
  STAGE: 'develop',
  LOG_LEVEL: 'info',
  AWS_LAMBDA_FUNCTION_NAME: 'f',
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
  },
}
