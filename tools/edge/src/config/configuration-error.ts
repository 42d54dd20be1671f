/** What is wrong with a configuration. Closed set: callers may switch over it exhaustively. */
export type ConfigurationFault =
  /** Neither JSON nor YAML. */
  | 'unreadable'
  /** Readable, but neither a template nor a distribution's configuration. */
  | 'not_a_configuration'
  | 'no_distribution'
  /** A property is missing, of the wrong type, or out of the range AWS accepts. */
  | 'malformed'
  /** A reference to something the template does not hold. */
  | 'unresolved'
  /** AWS would take it; the front door does not do it. */
  | 'unsupported'
  | 'unknown_origin'
  | 'duplicate_origin'
  | 'bad_pattern'
  | 'unknown_cache_policy'
  | 'unknown_origin_request_policy'
  | 'unknown_response_headers_policy'
  | 'unknown_function'
  | 'function_too_large'
  /** Information: more behaviours than a new account may have. */
  | 'many_behaviors'
  /** Information: a setting that is not simulated, or whose content the input does not hold. */
  | 'not_simulated'

/**
 * A configuration that cannot be used. `where` leads to the property: file, logical id, property path. The message says
 * what to do. Neither quotes header values or function sources.
 */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError'
  readonly code: ConfigurationFault
  readonly where: string

  constructor(code: ConfigurationFault, where: string, sentence: string, options?: ErrorOptions) {
    super(where === '' ? sentence : `${where}: ${sentence}`, options)
    this.code = code
    this.where = where
  }
}

/** Something that can be read past, for those who want to name it instead of stopping at it. */
export interface ConfigurationProblem {
  readonly code: ConfigurationFault
  /** `information` is never thrown. */
  readonly severity: 'error' | 'information'
  /** Id of the distribution it was met in. */
  readonly distribution: string
  /** Path pattern of the behaviour; undefined: it concerns the whole distribution. */
  readonly behavior: string | undefined
  /** The id that is unknown, or the setting's name. */
  readonly subject: string
  readonly where: string
  readonly message: string
}

/** Takes a problem note, or throws it. */
export type Report = (problem: ConfigurationProblem) => void

/** A report that keeps everything, and one that keeps information and throws errors. */
export function reportInto(problems: ConfigurationProblem[], errors: 'throw' | 'collect'): Report {
  return (problem) => {
    if (errors === 'throw' && problem.severity === 'error') {
      throw new ConfigurationError(problem.code, problem.where, problem.message)
    }
    problems.push(problem)
  }
}
