import { includes } from '../paths/path-language.ts'
import type { ProxyProject } from './model.ts'

/** Whether a request for a path reaches the proxy, as far as its matcher says. */
export function seesPath({ matcher, language }: Pick<ProxyProject, 'matcher' | 'language'>, path: string): boolean {
  return matcher.kind === 'everything' || language === undefined || includes(language, path)
}
