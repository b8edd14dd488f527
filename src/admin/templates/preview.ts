import type { Services } from "../../services.ts";
import { type Preview, previewTemplate } from "../../templates/preview-template.ts";
import { spaceSize, validateTemplate } from "../../templates/validate-template.ts";
import { noSuch } from "../faults.ts";
import { parsedTemplate } from "./check-template.ts";
import { readTemplate } from "./read-templates.ts";
import type { PreviewRequest, TemplatePreviewDto } from "./schemas.ts";

/**
 * The first ten questions that a session with this seed would get from a template, with their answers, and why it would
 * be refused, if it would. `validation_error` where it does not fit together, `not_found`.
 */
export async function previewOf(
  services: Services,
  { template: sent, id, seed = 1 }: PreviewRequest,
): Promise<TemplatePreviewDto> {
  const template = parsedTemplate(sent ?? (await stored(services, id ?? "")));
  const validated = validateTemplate(template);
  return {
    seed,
    space: spaceSize(template),
    faults: validated.ok ? [] : [...validated.faults],
    instances: previewTemplate(template, { seed }).map(toInstance),
  };
}

async function stored(services: Services, id: string) {
  const found = await readTemplate(services, id);
  if (!found) throw noSuch("template");
  return found.template;
}

function toInstance({ number, instance, values, faults }: Preview): TemplatePreviewDto["instances"][number] {
  return {
    number,
    values: { ...values },
    question: instance && {
      type: instance.type,
      prompt: instance.prompt,
      data: instance.data,
      level: instance.level,
    },
    correct_answer: instance?.correctAnswer ?? null,
    explanation: instance?.explanation ?? null,
    feedback: { ...instance?.feedback },
    faults: [...faults],
  };
}
