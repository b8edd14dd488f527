import type { QuestionType } from "../practice/question.ts";
import type { Level } from "../practice/smartscore.ts";
import type { Derived } from "./combinations.ts";
import type { Domain } from "./domain.ts";
import type { TemplateBody } from "./schemas.ts";
import type { Expression } from "./scope.ts";
import type { Space } from "./space.ts";
import type { Text } from "./text.ts";

/** A template that is ready to make questions. Making one is cheap, reading one less so: keep it. */
export type Template = {
  readonly body: TemplateBody;
  readonly type: QuestionType;
  readonly level: Level;
  readonly derived: readonly Derived[];
  readonly prompt: Text;
  readonly explanation: Text;
  readonly check: Expression | undefined;
  readonly content: Content;
  readonly variables: readonly Domain[];
  /** A number of this template's own, so that two in one session do not fall into step. */
  readonly salt: number;
  /** Worked out when it is first asked for. */
  readonly space: () => Space;
};

/** A choice before its variables are known. */
export type ChoiceRule = {
  readonly path: string;
  readonly value: Expression;
  readonly text: Text | undefined;
  readonly feedback: Text | undefined;
};

/** What each type of question is made from. */
export type Content =
  | {
      readonly type: "MCQ";
      readonly answer: ChoiceRule;
      readonly distractors: readonly ChoiceRule[];
      /** How many choices a question has; undefined where all of them. */
      readonly show: number | undefined;
      readonly order: "shuffled" | "sorted" | "listed";
      readonly compare: "value" | "text";
    }
  | {
      readonly type: "MULTI_SELECT";
      readonly candidates: readonly ChoiceRule[];
      readonly right: Expression;
      readonly compare: "value" | "text";
    }
  | {
      readonly type: "NUMERIC";
      readonly value: Expression;
      readonly form: "decimal" | "fraction" | "mixed" | undefined;
      readonly tolerance: Expression | undefined;
      readonly unit: Text | undefined;
      readonly min: Expression | undefined;
      readonly max: Expression | undefined;
    }
  | {
      readonly type: "TEXT";
      readonly text: Text;
      readonly accept: readonly Text[];
      readonly placeholder: Text | undefined;
    };
