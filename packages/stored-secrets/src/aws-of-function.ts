import * as z from 'zod'

/**
 * What the environment of a function says about AWS: Lambda sets region and credentials, a rehearsal the endpoints.
 * @source AWS Lambda Developer Guide, "Defined runtime environment variables"; AWS SDKs and Tools Reference Guide,
 * "Service-specific endpoints" (the service's own endpoint comes before the one for all)
 */
export const awsOfFunction = z
  .object({
    AWS_REGION: z.string().min(1),
    AWS_ACCESS_KEY_ID: z.string().min(1),
    AWS_SECRET_ACCESS_KEY: z.string().min(1),
    AWS_SESSION_TOKEN: z.string().min(1).optional(),
    AWS_ENDPOINT_URL: z.url().optional(),
    AWS_ENDPOINT_URL_SECRETS_MANAGER: z.url().optional(),
  })
  .transform((given) => ({
    region: given.AWS_REGION,
    /** Undefined: AWS's own. */
    secretsEndpoint: given.AWS_ENDPOINT_URL_SECRETS_MANAGER ?? given.AWS_ENDPOINT_URL,
    credentials: {
      accessKeyId: given.AWS_ACCESS_KEY_ID,
      secretAccessKey: given.AWS_SECRET_ACCESS_KEY,
      ...(given.AWS_SESSION_TOKEN === undefined ? {} : { sessionToken: given.AWS_SESSION_TOKEN }),
    },
  }))

export type AwsOfFunction = Readonly<z.output<typeof awsOfFunction>>
