import { describe, expect, it } from "vitest";
import type { Doing, Report } from "../../src/live/activity.ts";
import { emptySeat, Picture } from "../../src/live/picture.ts";

const NOON = Date.UTC(2026, 0, 5, 12);

const doing: Doing = {
  sessionId: "s1",
  skillId: 7,
  isOpen: true,
  answered: 3,
  correct: 2,
  score: 71,
  bestScore: 71,
  wrongInARow: 0,
  lastActivityMs: NOON,
  lastActiveMs: NOON,
};

const saying = (fields: Partial<Doing> = {}, atMs = NOON): Report => ({ atMs, doing: { ...doing, ...fields } });

const ANA = { id: "ana", fullName: "Ana" };
const BEN = { id: "ben", fullName: "Ben" };
const pictureOf = (...roster: { id: string; fullName: string }[]) => new Picture(roster.map(emptySeat));
const statuses = (picture: Picture, nowMs: number) => picture.view(nowMs).map(({ status }) => status);

describe("the picture of a class", () => {
  it("shows every student, OFFLINE and with nothing known before they say anything", () => {
    expect(pictureOf(ANA).view(NOON)).toEqual([
      {
        student_id: "ana",
        full_name: "Ana",
        status: "OFFLINE",
        session_id: null,
        skill_id: null,
        questions_answered: 0,
        correct: 0,
        incorrect: 0,
        smartscore: null,
        zone: null,
        last_activity_at: null,
      },
    ]);
  });

  it("shows what a student is at", () => {
    const picture = pictureOf(ANA);
    picture.take("ana", saying(), NOON);
    expect(picture.view(NOON)[0]).toEqual({
      student_id: "ana",
      full_name: "Ana",
      status: "ACTIVE",
      session_id: "s1",
      skill_id: 7,
      questions_answered: 3,
      correct: 2,
      incorrect: 1,
      smartscore: 71,
      zone: "REFINING",
      last_activity_at: "2026-01-05T12:00:00.000Z",
    });
  });

  it("says whether what a student tells is anything new", () => {
    const picture = pictureOf(ANA);
    expect(picture.take("ana", saying(), NOON)).toBe(true);
    expect(picture.take("ana", saying({}, NOON + 1), NOON + 1)).toBe(false);
    expect(picture.take("ana", saying({ answered: 4 }, NOON + 2), NOON + 2)).toBe(true);
    expect(picture.take("nobody", saying(), NOON)).toBe(false);
    expect(pictureOf(BEN).take("ben", { atMs: NOON, doing: null }, NOON)).toBe(false);
  });

  it("is not put back by what was said before and comes late", () => {
    const picture = pictureOf(ANA);
    picture.take("ana", saying({ answered: 4 }, NOON + 2), NOON + 2);
    expect(picture.take("ana", saying({ answered: 3 }, NOON + 1), NOON + 3)).toBe(false);
    expect(picture.view(NOON + 3)[0]).toMatchObject({ questions_answered: 4 });
  });

  it("changes by time alone, once at each moment that it foresees", () => {
    const picture = pictureOf(ANA, BEN);
    picture.take("ana", saying(), NOON);
    const idleMs = picture.nextChangeMs(NOON) ?? 0;
    expect(idleMs).toBe(NOON + 60_000);
    expect(picture.pass(idleMs - 1)).toEqual([]);
    expect(picture.pass(idleMs)).toEqual(["ana"]);
    expect(picture.pass(idleMs)).toEqual([]);
    expect(statuses(picture, idleMs)).toEqual(["IDLE", "OFFLINE"]);
    const goneMs = picture.nextChangeMs(idleMs) ?? 0;
    expect(goneMs).toBe(NOON + 300_000);
    expect(picture.pass(goneMs)).toEqual(["ana"]);
    expect(picture.nextChangeMs(goneMs)).toBeNull();
  });

  it("foresees at once a change whose time has come and that was not told yet", () => {
    const picture = pictureOf(ANA);
    picture.take("ana", saying(), NOON);
    expect(picture.nextChangeMs(NOON + 70_000)).toBe(NOON + 70_000);
  });

  it("takes in who joins, lets go who leaves, and keeps what it knows of the others, in the roster's order", () => {
    const picture = pictureOf(BEN);
    picture.take("ben", saying(), NOON);
    expect(picture.arrange([ANA, BEN])).toEqual({ isChanged: true, joined: ["ana"] });
    expect(statuses(picture, NOON)).toEqual(["OFFLINE", "ACTIVE"]);
    expect(picture.arrange([ANA, BEN])).toEqual({ isChanged: false, joined: [] });
    expect(picture.arrange([ANA, { ...BEN, fullName: "Benjamin" }])).toEqual({ isChanged: true, joined: [] });
    expect(picture.view(NOON)[1]).toMatchObject({ full_name: "Benjamin", status: "ACTIVE" });
    expect(picture.arrange([ANA])).toEqual({ isChanged: true, joined: [] });
    expect(picture.ids).toEqual(["ana"]);
  });
});
