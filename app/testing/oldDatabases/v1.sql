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
INSERT INTO "attempts" VALUES(1,1,0,'first',1,'first','openai','m',1795764220093,'succeeded',0,8.10574539999999615219e+02,10,5,0,20,'{"instructions":null,"messages":[{"role":"user","text":"first 0"}]}','first=0',NULL,NULL);
INSERT INTO "attempts" VALUES(2,1,1,'first',1,'first','openai','m',1795764220138,'failed',0,7.52661628000000746405e+02,NULL,NULL,NULL,NULL,'{"instructions":null,"messages":[{"role":"user","text":"first 1"}]}',NULL,NULL,'{"kind":"provider","httpStatus":400,"cause":"request","retryAfterMs":null,"message":"The OpenAI-compatible server refused the request (400): Status 400"}');
INSERT INTO "attempts" VALUES(3,1,2,'first',1,'first','openai','m',1795764220893,'succeeded',0,1.65964659999990544743e+01,10,5,0,20,'{"instructions":null,"messages":[{"role":"user","text":"first 2"}]}','first=2',NULL,NULL);
INSERT INTO "attempts" VALUES(4,1,0,'second',1,'first','openai','m',1795764220904,'succeeded',0,1.51928940000016154954e+01,10,5,0,20,'{"instructions":null,"messages":[{"role":"user","text":"second 0 after first=0"}]}','second=0',NULL,NULL);
INSERT INTO "attempts" VALUES(5,1,2,'second',1,'first','openai','m',1795764220910,'succeeded',0,1.32064259999988280473e+01,10,5,0,20,'{"instructions":null,"messages":[{"role":"user","text":"second 2 after first=2"}]}','second=2',NULL,NULL);
INSERT INTO "attempts" VALUES(6,2,0,'first',1,'first','openai','m',1795764221027,'succeeded',0,1.25751179999988380584e+01,10,5,0,20,'{"instructions":null,"messages":[{"role":"user","text":"first 0"}]}','first=0',NULL,NULL);
INSERT INTO "attempts" VALUES(7,2,1,'first',1,'first','openai','m',1795764221027,'succeeded',0,1.59030710000006365585e+01,10,5,0,20,'{"instructions":null,"messages":[{"role":"user","text":"first 1"}]}','first=1',NULL,NULL);
INSERT INTO "attempts" VALUES(8,2,0,'second',1,'first','openai','m',1795764221040,'succeeded',0,2.12093700000004901093e+01,10,5,0,20,'{"instructions":null,"messages":[{"role":"user","text":"second 0 after first=0"}]}','second=0',NULL,NULL);
INSERT INTO "attempts" VALUES(9,2,1,'second',1,'first','openai','m',1795764221044,'succeeded',0,2.40005020000007789353e+01,10,5,0,20,'{"instructions":null,"messages":[{"role":"user","text":"second 1 after first=1"}]}','second=1',NULL,NULL);
INSERT INTO "attempts" VALUES(10,2,2,'first',1,'first','openai','m',1795764221062,'succeeded',0,1.14081289999994623936e+01,10,5,0,20,'{"instructions":null,"messages":[{"role":"user","text":"first 2"}]}','first=2',NULL,NULL);
INSERT INTO "attempts" VALUES(11,2,3,'first',1,'first','openai','m',1795764221068,'succeeded',0,1.07617719999998371347e+01,10,5,0,20,'{"instructions":null,"messages":[{"role":"user","text":"first 3"}]}','first=3',NULL,NULL);
INSERT INTO "attempts" VALUES(12,2,2,'second',1,'first','openai','m',1795764221074,'succeeded',0,7.38172200000008160714e+00,10,5,0,20,'{"instructions":null,"messages":[{"role":"user","text":"second 2 after first=2"}]}','second=2',NULL,NULL);
INSERT INTO "attempts" VALUES(13,2,3,'second',1,'first','openai','m',1795764221079,'failed',0,2.41856339999994816034e+01,NULL,NULL,NULL,NULL,'{"instructions":null,"messages":[{"role":"user","text":"second 3 after first=3"}]}',NULL,NULL,'{"kind":"auth","httpStatus":401,"message":"The OpenAI-compatible server asks for a key (401), and none is configured: name its environment variable as `apiKeyEnv` in jacquard.yaml: Status 401"}');
INSERT INTO "attempts" VALUES(14,2,4,'first',1,'first','openai','m',1795764221083,'succeeded',0,8.9893830000000889413e+00,10,5,0,20,'{"instructions":null,"messages":[{"role":"user","text":"first 4"}]}','first=4',NULL,NULL);
INSERT INTO "attempts" VALUES(15,2,4,'second',1,'first','openai','m',1795764221092,'failed',0,2.46976299999987531914e+01,NULL,NULL,NULL,NULL,'{"instructions":null,"messages":[{"role":"user","text":"second 4 after first=4"}]}',NULL,NULL,'{"kind":"auth","httpStatus":401,"message":"The OpenAI-compatible server asks for a key (401), and none is configured: name its environment variable as `apiKeyEnv` in jacquard.yaml: Status 401"}');
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
INSERT INTO "items" VALUES(1,0,'1','succeeded',X'0303',40,8.39014006999999764971e+02,20,10,0,0,NULL,'"second=0"','{"first":{"status":"succeeded","tier":"openai","model":"m","attempts":1,"latencyMs":811,"usage":{"inputTokens":10,"outputTokens":5,"cachedTokens":0},"costUsd":0.00002},"second":{"status":"succeeded","tier":"openai","model":"m","attempts":1,"latencyMs":15,"usage":{"inputTokens":10,"outputTokens":5,"cachedTokens":0},"costUsd":0.00002}}');
INSERT INTO "items" VALUES(1,1,'2','failed',X'0506',0,8.11249100999999427606e+02,0,0,0,0,'{"stage":"first","kind":"provider","message":"The OpenAI-compatible server refused the request (400): Status 400"}','null','{"first":{"status":"failed","tier":"openai","model":"m","attempts":1,"latencyMs":753,"usage":{"inputTokens":0,"outputTokens":0,"cachedTokens":0},"costUsd":0},"second":{"status":"skipped","reason":"Stage first failed."}}');
INSERT INTO "items" VALUES(1,2,'3','succeeded',X'0303',40,3.0452855000001363805e+01,20,10,0,0,NULL,'"second=2"','{"first":{"status":"succeeded","tier":"openai","model":"m","attempts":1,"latencyMs":17,"usage":{"inputTokens":10,"outputTokens":5,"cachedTokens":0},"costUsd":0.00002},"second":{"status":"succeeded","tier":"openai","model":"m","attempts":1,"latencyMs":13,"usage":{"inputTokens":10,"outputTokens":5,"cachedTokens":0},"costUsd":0.00002}}');
INSERT INTO "items" VALUES(2,0,'1','succeeded',X'0303',40,3.51319540000004053585e+01,20,10,0,0,NULL,'"second=0"','{"first":{"status":"succeeded","tier":"openai","model":"m","attempts":1,"latencyMs":13,"usage":{"inputTokens":10,"outputTokens":5,"cachedTokens":0},"costUsd":0.00002},"second":{"status":"succeeded","tier":"openai","model":"m","attempts":1,"latencyMs":21,"usage":{"inputTokens":10,"outputTokens":5,"cachedTokens":0},"costUsd":0.00002}}');
INSERT INTO "items" VALUES(2,1,'2','succeeded',X'0303',40,4.10015629999998054699e+01,20,10,0,0,NULL,'"second=1"','{"first":{"status":"succeeded","tier":"openai","model":"m","attempts":1,"latencyMs":16,"usage":{"inputTokens":10,"outputTokens":5,"cachedTokens":0},"costUsd":0.00002},"second":{"status":"succeeded","tier":"openai","model":"m","attempts":1,"latencyMs":24,"usage":{"inputTokens":10,"outputTokens":5,"cachedTokens":0},"costUsd":0.00002}}');
INSERT INTO "items" VALUES(2,2,'3','succeeded',X'0303',40,1.99045409999998810235e+01,20,10,0,0,NULL,'"second=2"','{"first":{"status":"succeeded","tier":"openai","model":"m","attempts":1,"latencyMs":11,"usage":{"inputTokens":10,"outputTokens":5,"cachedTokens":0},"costUsd":0.00002},"second":{"status":"succeeded","tier":"openai","model":"m","attempts":1,"latencyMs":7,"usage":{"inputTokens":10,"outputTokens":5,"cachedTokens":0},"costUsd":0.00002}}');
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
INSERT INTO "runs" VALUES(1,'01M8DY6W1TQ99FTAY0GHG1WVGS','batch','{"kind":"batch","options":{"concurrency":2},"output":"out.jsonl","run":"01M8DY6W1TQ99FTAY0GHG1WVGS","chainFile":null,"chainName":"Untitled chain","stages":[{"id":"first","kind":"model","tier":"openai"},{"id":"second","kind":"model","tier":"openai"}],"sourceLabel":"few.jsonl","simulated":false,"startedAt":1795764219964}','jacquard: 1
source: { jsonl: few.jsonl }
stages:
  first: { kind: model, tier: openai, prompt: "first {{ item.n }}" }
  second: { kind: model, tier: openai, prompt: "second {{ item.n }} after {{ first }}" }
output: "{{ second }}"
sink: { jsonl: out.jsonl }
',NULL,'{"state":{"status":"completed"},"items":3,"endedAt":1795764220942,"activeMs":952.5640860000003,"concurrency":2,"budgetMicros":null,"totals":{"succeeded":2,"failed":1,"skipped":0,"costMicros":80,"unpricedCalls":0,"calls":5,"reused":0,"usage":{"inputTokens":40,"outputTokens":20,"cachedTokens":0}}}',NULL);
INSERT INTO "runs" VALUES(2,'01M8DY6X2PJY1YXP6YCPX63HDD','batch','{"kind":"batch","options":{"concurrency":2},"output":"out.jsonl","run":"01M8DY6X2PJY1YXP6YCPX63HDD","chainFile":null,"chainName":"Untitled chain","stages":[{"id":"first","kind":"model","tier":"openai"},{"id":"second","kind":"model","tier":"openai"}],"sourceLabel":"items.jsonl","simulated":false,"startedAt":1795764221014}','jacquard: 1
source: { jsonl: items.jsonl }
stages:
  first: { kind: model, tier: openai, prompt: "first {{ item.n }}" }
  second: { kind: model, tier: openai, prompt: "second {{ item.n }} after {{ first }}" }
output: "{{ second }}"
sink: { jsonl: out.jsonl }
',NULL,'{"state":{"status":"paused","reason":{"kind":"auth","message":"Tier openai (stage second): The OpenAI-compatible server asks for a key (401), and none is configured: name its environment variable as `apiKeyEnv` in jacquard.yaml: Status 401"}},"items":8,"endedAt":1795764221117,"activeMs":98.90371500000037,"concurrency":2,"budgetMicros":null,"totals":{"succeeded":3,"failed":0,"skipped":0,"costMicros":160,"unpricedCalls":0,"calls":10,"reused":0,"usage":{"inputTokens":80,"outputTokens":40,"cachedTokens":0}}}',NULL);
CREATE INDEX runs_by_kind on runs (kind, run);
CREATE INDEX attempts_of_item on attempts (run_id, idx);
COMMIT;
pragma user_version = 1;
