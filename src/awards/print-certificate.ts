import type { Principal } from "../http/access-token.ts";
import { notValid } from "../http/errors.ts";
import { faultsOf } from "../http/schema-faults.ts";
import type { Certificate } from "../pdf/certificate.ts";
import { printedCode } from "./certificate-code.ts";
import { verifyUrl } from "./certificate-dto.ts";
import type { PrintedCertificate } from "./read-certificate.ts";
import { printed } from "./schemas.ts";

type Said = { readonly date?: string | undefined; readonly awarded_by?: string | undefined };

/** What a certificate's print is to say other than it does by itself: a TEACHER or ADMIN may, anybody else is not heard. */
export function wishesOf({ role }: Principal, { date, awarded_by }: Said): Said {
  if (role !== "TEACHER" && role !== "ADMIN") return {};
  const wishes = printed.safeParse({ date, awarded_by });
  if (wishes.success) return wishes.data;
  throw notValid("query", faultsOf(wishes.error));
}

/** The sheet to draw. */
export function toPrint(
  { code, type, studentName, skillTitle, skillPlace, day, awardedBy }: PrintedCertificate,
  { date = day, awarded_by: by = awardedBy ?? undefined }: Said,
  origin: string,
): Certificate {
  return {
    type,
    studentName,
    skillTitle,
    skillPlace,
    date,
    awardedBy: by ?? null,
    code: printedCode(code),
    verifyUrl: verifyUrl(origin, code),
  };
}
