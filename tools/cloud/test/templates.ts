/** A topic: the resource that is made fastest. */
export const topic = (name: string, more: object = {}) => ({
  Type: 'AWS::SNS::Topic',
  Properties: { TopicName: name, ...more },
})

/** The same resource, which stays when its stack lets it go. */
export const kept = <Resource extends object>(resource: Resource) => ({
  ...resource,
  DeletionPolicy: 'Retain',
  UpdateReplacePolicy: 'Retain',
})

export const bucket = (BucketName: string, more: object = {}) =>
  kept({ Type: 'AWS::S3::Bucket', Properties: { BucketName, ...more } })

/** A role that nobody may take on. */
export const role = {
  Type: 'AWS::IAM::Role',
  Properties: { AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [] } },
}

/** A template of these resources, by logical id. */
export const of = (...Resources: readonly object[]) => ({ Resources: Object.assign({}, ...Resources) })
