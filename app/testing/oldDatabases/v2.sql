BEGIN TRANSACTION;
CREATE TABLE attempts (
    id integer primary key,
    run_id integer not null,
    idx integer not null,
    stage text not null,
    number integer not null,
    purpose text not null,
    tier text not null,
    model text not null,
    started_at integer not null,
    status text not null,
    forgotten integer not null default 0,
    latency_ms real,
    input_tokens integer,
    output_tokens integer,
    cached_tokens integer,
    cost_micros integer,
    request text not null,
    answer text,
    output text,
    failure text
  );
INSERT INTO "attempts" VALUES(1,1,0,'first',1,'first','openai','m',1795764251874,'succeeded',0,1.01495978400000012701e+03,10,5,0,20,'{"instructions":null,"messages":[{"role":"user","text":"first 0"}]}','first=0',NULL,NULL);
INSERT INTO "attempts" VALUES(2,1,1,'first',1,'first','openai','m',1795764251874,'failed',0,9.36487289000000146157e+02,NULL,NULL,NULL,NULL,'{"instructions":null,"messages":[{"role":"user","text":"first 1"}]}',NULL,NULL,'{"kind":"provider","httpStatus":400,"cause":"request","retryAfterMs":null,"message":"The OpenAI-compatible server refused the request (400): Status 400"}');
INSERT INTO "attempts" VALUES(3,1,2,'first',1,'first','openai','m',1795764252813,'succeeded',0,1.17803535000000010764e+02,10,5,0,20,'{"instructions":null,"messages":[{"role":"user","text":"first 2"}]}','first=2',NULL,NULL);
INSERT INTO "attempts" VALUES(4,1,0,'second',1,'first','openai','m',1795764252889,'succeeded',0,6.46532480000000759918e+01,10,5,0,20,'{"instructions":null,"messages":[{"role":"user","text":"second 0 after first=0"}]}','second=0',NULL,NULL);
INSERT INTO "attempts" VALUES(5,1,2,'second',1,'first','openai','m',1795764252931,'succeeded',0,2.93732020000002194129e+01,10,5,0,20,'{"instructions":null,"messages":[{"role":"user","text":"second 2 after first=2"}]}','second=2',NULL,NULL);
INSERT INTO "attempts" VALUES(6,2,0,'first',1,'first','openai','m',1795764253030,'succeeded',0,3.81726180000000567824e+01,10,5,0,20,'{"instructions":null,"messages":[{"role":"user","text":"first 0"}]}','first=0',NULL,NULL);
INSERT INTO "attempts" VALUES(7,2,1,'first',1,'first','openai','m',1795764253031,'succeeded',0,5.62847630000001117886e+01,10,5,0,20,'{"instructions":null,"messages":[{"role":"user","text":"first 1"}]}','first=1',NULL,NULL);
INSERT INTO "attempts" VALUES(8,2,0,'second',1,'first','openai','m',1795764253069,'succeeded',0,3.02488339999999880083e+01,10,5,0,20,'{"instructions":null,"messages":[{"role":"user","text":"second 0 after first=0"}]}','second=0',NULL,NULL);
INSERT INTO "attempts" VALUES(9,2,1,'second',1,'first','openai','m',1795764253087,'succeeded',0,1.93077570000000378058e+01,10,5,0,20,'{"instructions":null,"messages":[{"role":"user","text":"second 1 after first=1"}]}','second=1',NULL,NULL);
INSERT INTO "attempts" VALUES(10,2,2,'first',1,'first','openai','m',1795764253100,'succeeded',0,1.11968749999996362019e+01,10,5,0,20,'{"instructions":null,"messages":[{"role":"user","text":"first 2"}]}','first=2',NULL,NULL);
INSERT INTO "attempts" VALUES(11,2,3,'first',1,'first','openai','m',1795764253107,'succeeded',0,9.04988600000024234759e+00,10,5,0,20,'{"instructions":null,"messages":[{"role":"user","text":"first 3"}]}','first=3',NULL,NULL);
INSERT INTO "attempts" VALUES(12,2,2,'second',1,'first','openai','m',1795764253112,'succeeded',0,1.15905090000001109729e+01,10,5,0,20,'{"instructions":null,"messages":[{"role":"user","text":"second 2 after first=2"}]}','second=2',NULL,NULL);
INSERT INTO "attempts" VALUES(13,2,3,'second',1,'first','openai','m',1795764253117,'failed',0,3.11448370000002796578e+01,NULL,NULL,NULL,NULL,'{"instructions":null,"messages":[{"role":"user","text":"second 3 after first=3"}]}',NULL,NULL,'{"kind":"auth","httpStatus":401,"message":"The OpenAI-compatible server asks for a key (401), and none is configured: name its environment variable as `apiKeyEnv` in jacquard.yaml: Status 401"}');
INSERT INTO "attempts" VALUES(14,2,4,'first',1,'first','openai','m',1795764253126,'succeeded',0,4.86665800000000672289e+01,10,5,0,20,'{"instructions":null,"messages":[{"role":"user","text":"first 4"}]}','first=4',NULL,NULL);
CREATE TABLE items (
    run_id integer not null,
    idx integer not null,
    key text not null,
    status text not null,
    cells blob not null,
    cost_micros integer not null,
    latency_ms real not null,
    input_tokens integer not null,
    output_tokens integer not null,
    cached_tokens integer not null,
    retries integer not null,
    error text,
    output text not null,
    stages text not null,
    primary key (run_id, idx)
  ) without rowid;
INSERT INTO "items" VALUES(1,0,'1','succeeded',X'0303',40,1.08208165200000030385e+03,20,10,0,0,NULL,'"second=0"','{"first":{"status":"succeeded","tier":"openai","model":"m","attempts":1,"latencyMs":1015,"usage":{"inputTokens":10,"outputTokens":5,"cachedTokens":0},"costUsd":0.00002},"second":{"status":"succeeded","tier":"openai","model":"m","attempts":1,"latencyMs":65,"usage":{"inputTokens":10,"outputTokens":5,"cachedTokens":0},"costUsd":0.00002}}');
INSERT INTO "items" VALUES(1,1,'2','failed',X'0506',0,9.39333432999999786219e+02,0,0,0,0,'{"stage":"first","kind":"provider","message":"The OpenAI-compatible server refused the request (400): Status 400"}','null','{"first":{"status":"failed","tier":"openai","model":"m","attempts":1,"latencyMs":936,"usage":{"inputTokens":0,"outputTokens":0,"cachedTokens":0},"costUsd":0},"second":{"status":"skipped","reason":"Stage first failed."}}');
INSERT INTO "items" VALUES(1,2,'3','succeeded',X'0303',40,1.47972201000000040953e+02,20,10,0,0,NULL,'"second=2"','{"first":{"status":"succeeded","tier":"openai","model":"m","attempts":1,"latencyMs":118,"usage":{"inputTokens":10,"outputTokens":5,"cachedTokens":0},"costUsd":0.00002},"second":{"status":"succeeded","tier":"openai","model":"m","attempts":1,"latencyMs":29,"usage":{"inputTokens":10,"outputTokens":5,"cachedTokens":0},"costUsd":0.00002}}');
INSERT INTO "items" VALUES(2,0,'1','succeeded',X'0303',40,6.96602450000000317231e+01,20,10,0,0,NULL,'"second=0"','{"first":{"status":"succeeded","tier":"openai","model":"m","attempts":1,"latencyMs":38,"usage":{"inputTokens":10,"outputTokens":5,"cachedTokens":0},"costUsd":0.00002},"second":{"status":"succeeded","tier":"openai","model":"m","attempts":1,"latencyMs":30,"usage":{"inputTokens":10,"outputTokens":5,"cachedTokens":0},"costUsd":0.00002}}');
INSERT INTO "items" VALUES(2,1,'2','succeeded',X'0303',40,7.68922769999999218288e+01,20,10,0,0,NULL,'"second=1"','{"first":{"status":"succeeded","tier":"openai","model":"m","attempts":1,"latencyMs":56,"usage":{"inputTokens":10,"outputTokens":5,"cachedTokens":0},"costUsd":0.00002},"second":{"status":"succeeded","tier":"openai","model":"m","attempts":1,"latencyMs":19,"usage":{"inputTokens":10,"outputTokens":5,"cachedTokens":0},"costUsd":0.00002}}');
INSERT INTO "items" VALUES(2,2,'3','succeeded',X'0303',40,2.3376944999999977881e+01,20,10,0,0,NULL,'"second=2"','{"first":{"status":"succeeded","tier":"openai","model":"m","attempts":1,"latencyMs":11,"usage":{"inputTokens":10,"outputTokens":5,"cachedTokens":0},"costUsd":0.00002},"second":{"status":"succeeded","tier":"openai","model":"m","attempts":1,"latencyMs":12,"usage":{"inputTokens":10,"outputTokens":5,"cachedTokens":0},"costUsd":0.00002}}');
CREATE TABLE keys (
    run_id integer not null,
    idx integer not null,
    key text not null,
    primary key (run_id, idx)
  ) without rowid;
CREATE TABLE owners (
    owner text primary key,
    pid integer not null,
    beat integer not null
  ) without rowid;
CREATE TABLE runs (
    id integer primary key,
    run text not null unique,
    kind text not null,
    record text not null,
    chain_text text not null,
    test_item text,
    progress text not null,
    owner text
  );
INSERT INTO "runs" VALUES(1,'01M8DY7V68GC27NSG627ZF0YJC','batch','{"kind":"batch","options":{"concurrency":2},"output":"out.jsonl","run":"01M8DY7V68GC27NSG627ZF0YJC","chainFile":null,"chainName":"Untitled chain","stages":[{"id":"first","kind":"model","tier":"openai"},{"id":"second","kind":"model","tier":"openai"}],"sourceLabel":"few.jsonl","simulated":false,"startedAt":1795764251850}','jacquard: 1
source: { jsonl: few.jsonl }
stages:
  first: { kind: model, tier: openai, prompt: "first {{ item.n }}" }
  second: { kind: model, tier: openai, prompt: "second {{ item.n }} after {{ first }}" }
output: "{{ second }}"
sink: { jsonl: out.jsonl }
',NULL,'{"state":{"status":"completed"},"items":3,"endedAt":1795764252971,"activeMs":1110.714399,"concurrency":2,"budgetMicros":null,"totals":{"succeeded":2,"failed":1,"skipped":0,"costMicros":80,"unpricedCalls":0,"calls":5,"reused":0,"usage":{"inputTokens":40,"outputTokens":20,"cachedTokens":0}}}',NULL);
INSERT INTO "runs" VALUES(2,'01M8DY7WAR2REJ9326KCYVCESS','batch','{"kind":"batch","options":{"concurrency":2},"output":"out.jsonl","run":"01M8DY7WAR2REJ9326KCYVCESS","chainFile":null,"chainName":"Untitled chain","stages":[{"id":"first","kind":"model","tier":"openai"},{"id":"second","kind":"model","tier":"openai"}],"sourceLabel":"items.jsonl","simulated":false,"startedAt":1795764253016}','jacquard: 1
source: { jsonl: items.jsonl }
stages:
  first: { kind: model, tier: openai, prompt: "first {{ item.n }}" }
  second: { kind: model, tier: openai, prompt: "second {{ item.n }} after {{ first }}" }
output: "{{ second }}"
sink: { jsonl: out.jsonl }
',NULL,'{"state":{"status":"paused","reason":{"kind":"auth","message":"Tier openai (stage second): The OpenAI-compatible server asks for a key (401), and none is configured: name its environment variable as `apiKeyEnv` in jacquard.yaml: Status 401"}},"items":8,"endedAt":1795764253187,"activeMs":161.3644549999999,"concurrency":2,"budgetMicros":null,"totals":{"succeeded":3,"failed":0,"skipped":0,"costMicros":160,"unpricedCalls":0,"calls":9,"reused":0,"usage":{"inputTokens":80,"outputTokens":40,"cachedTokens":0}}}',NULL);
CREATE INDEX runs_by_kind on runs (kind, run);
CREATE INDEX attempts_of_item on attempts (run_id, idx);
CREATE INDEX items_in_short on items (run_id, idx, status, cells);
COMMIT;
pragma user_version = 2;
