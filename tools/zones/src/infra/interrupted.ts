/** The person has had enough. CloudFormation goes on by itself with what it has begun. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted'
  constructor() {
    super('interrupted')
  }
}
