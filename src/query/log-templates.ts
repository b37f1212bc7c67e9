import { templateReader } from './go-template.ts';
import type { TemplateProblem } from './go-template-lex.ts';

const strings =
  'ToLower ToUpper Replace Trim TrimLeft TrimRight TrimPrefix TrimSuffix TrimSpace regexReplaceAll regexReplaceAllLiteral';
const ofLoki =
  'count urldecode urlencode bytes duration duration_seconds unixEpochMillis unixEpochNanos toDateInZone unixToTime alignLeft alignRight __line__ __timestamp__ b64enc b64dec lower upper title trunc substr contains hasPrefix hasSuffix indent nindent replace repeat trim trimAll trimSuffix trimPrefix int float64 add sub mul div mod addf subf mulf divf max min maxf minf ceil floor round fromJson date toDate now unixEpoch default';
/** All of Sprig 3.2, which Promtail takes whole (https://masterminds.github.io/sprig/). */
const sprig =
  'abbrev abbrevboth add add1 add1f addf adler32sum ago all any append atoi b32dec b32enc b64dec b64enc base bcrypt biggest buildCustomCert camelcase cat ceil chunk clean coalesce compact concat contains date dateInZone dateModify date_in_zone date_modify decryptAES deepCopy deepEqual default derivePassword dict dig dir div divf duration durationRound empty encryptAES env expandenv ext fail first float64 floor fromJson genCA genCAWithKey genPrivateKey genSelfSignedCert genSelfSignedCertWithKey genSignedCert genSignedCertWithKey get getHostByName has hasKey hasPrefix hasSuffix hello htmlDate htmlDateInZone htpasswd indent initial initials int int64 isAbs join kebabcase keys kindIs kindOf last list lower max maxf merge mergeOverwrite min minf mod mul mulf mustAppend mustChunk mustCompact mustDateModify mustDeepCopy mustFirst mustFromJson mustHas mustInitial mustLast mustMerge mustMergeOverwrite mustPrepend mustPush mustRegexFind mustRegexFindAll mustRegexMatch mustRegexReplaceAll mustRegexReplaceAllLiteral mustRegexSplit mustRest mustReverse mustSlice mustToDate mustToJson mustToPrettyJson mustToRawJson mustUniq mustWithout must_date_modify nindent nospace now omit osBase osClean osDir osExt osIsAbs pick pluck plural prepend push quote randAlpha randAlphaNum randAscii randBytes randInt randNumeric regexFind regexFindAll regexMatch regexQuoteMeta regexSplit repeat replace rest reverse round semver semverCompare seq set sha1sum sha256sum shuffle slice snakecase sortAlpha split splitList splitn squote sub subf substr swapcase ternary title toDate toDecimal toJson toPrettyJson toRawJson toString toStrings trim trimAll trimPrefix trimSuffix trimall trunc tuple typeIs typeIsLike typeOf uniq unixEpoch unset until untilStep untitle upper urlJoin urlParse uuidv4 values without wrap wrapWith';

const readers = {
  loki: templateReader(`${strings} ${ofLoki}`.split(' ')),
  promtail: templateReader(`${strings} Hash Sha2Hash ${sprig}`.split(' ')),
};

/**
 * What is wrong with the template of a `line_format` or `label_format` of Loki 2.9
 * (https://grafana.com/docs/loki/v2.9.x/query/template_functions/), or of a stage of Promtail 2.9
 * (https://grafana.com/docs/loki/v2.9.x/send-data/promtail/stages/template/).
 */
export function logTemplateProblem(of: 'loki' | 'promtail', text: string): TemplateProblem | undefined {
  return text.includes('{{') ? readers[of](text).problem : undefined;
}
