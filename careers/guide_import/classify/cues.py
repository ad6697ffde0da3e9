"""The words and turns of phrase that speak for a topic in a heading, each with its weight.

A line holds a weight and patterns, and goes on in the next where that is indented; several that fit add up a little.
"""

CUES = r"""
[OVERVIEW]
3 \bpurpose\b|\bmission\b|\bwhy the (?:role|job|position) exists|\baim of the
4 ^what (?:exactly )?(?:is|are) (?:an? |the )?(?:role)?$|^who (?:is|are) (?:an? |the )?role$
3 \boverview\b|\bintroduc\w+|\bintro\b|\bdefin\w+|\bat a glance|\bquick facts|\bsnapshot|\bfact file|\bbackground$
3 \babout (?:the |this )?(?:role|job|profession|career|position|occupation|trade|work)
3 \b(?:role|job) (?:summary|profile)
2.6 \bjob description|\bdescription of\b|\brole description|\bwhat (?:is|are)\b.*\brole\b|\bmeaning of
2.6 \bunderstanding (?:the )?role
2 \bexplained|\bmeet the\b|^the (?:role|job|profession|trade)$|\bin a nutshell|\bessentials\b|\bdescription$
2 ^role$|\bwhat it is
[WORK]
3.2 \b(?:core|main|key|work|job|typical) activities
3.6 \bwhat .{0,30}\b(?:be |are |is )?up to\b|\bwhat .{0,20}\b(?:job|role|work)\b.{0,30}\blooks? like
4 \bwhat (?:do|does|will|would|can|might|did)\b.*\b(?:do|doing)\b
4 \bwhat .{0,40}\b(?:do|does)\b(?: all day| at work| exactly)?$
4 \bwhat (?:the|this) (?:job|work|role|position) (?:involves|entails|is about|looks like)
4 \bwhat you(?:'ll| will| would| can expect to)? (?:be )?do
3.5 \bresponsib\w+|\bdut(?:y|ies)\b|\baccountabilities|\bscope of (?:the )?(?:work|role|job)
3.5 \bwhat .{0,30}\b(?:handles?|takes? care of|looks? after)
3 \binvolve[sd]?\b|\bentails?\b|\bin charge of|\bjob functions?|\bkey functions?|\bfunctions? of|\bremit\b
2 \bfunctions\b|\brole of\b|\bthe work\b|\bon the job\b|\bwork(?:ing)? as\b|\bactivities\b|\bthe job itself
2 ^the job$|\bin practice\b
[TASKS]
3 \btasks?\b|\bto-?dos?\b|\bassignments\b
[DAY]
5 \b(?:day|week|shift|night|morning) (?:in|at|from) (?:the )?(?:life|work)|\bday[- ]in[- ]the[- ]life
5 \ba (?:day|week|shift) (?:as|with|of|in|on|at|for)\b
4 \b(?:typical|average|normal|usual|ordinary|regular|standard|working|work|busy) ?(?:day|week|shift|morning|workday)
4 \bworkdays?\b|\bclocking
3.4 \bday\b.*\blooks?\b|\bhow .{0,30}\bday\b|\broutines?\b|\bhour by hour|\bfrom (?:morning|dawn|opening)|\b24 hours
3.4 \bfrom 9 to 5|\bbehind the scenes
2.9 \bdaily\b|\bday[- ]to[- ]day\b|\beveryday\b|\bhow .{0,30}\b(?:time|hours?) (?:is|are) spent
2.9 \bwhere the (?:time|hours?) goes?
2.6 \bworking hours\b|\bhours of work
2 \bshifts?\b|\bschedule\b|\blife (?:of|as)\b|\bday\b
[REQUIREMENTS]
3.4 \bgets? (?:you )?hired\b(?!.*\bhow\b)|\bget(?:ting)? qualified|\bwho can apply
4 \bwhat (?:it|does it) takes?\b|\bwhat (?:you|do you|you'll|you will|one|will you) (?:will )?needs?\b
3.5 \byou(?:'ll| will) need\b
3.5 \bwhat (?:employers|recruiters|companies|schools|clients|hiring managers) (?:look|want|ask|expect|seek)
3.2 \bskills?(?:et|sets)?\b|\bqualif\w+|\brequire\w*|\bcompetenc\w+|\bprerequisites?|\bcredentials?\b|\beligibility
3.2 \bperson specification
3 \beducat\w+|\bcertifi\w+|\blicen[cs]\w+|\bdegrees?\b|\bregistration\b
3 \bwhat makes an? (?:good|great|successful|strong)
2.6 \btraining\b|\btraits?\b|\battributes?\b|\bqualities\b|\bstrengths?\b|\babilities\b|\baptitudes?\b
2.6 \bapprenticeships?\b|\bdiplomas?\b
2.5 \bexpertise\b|\bknow-?how\b|\bknowledge\b|\bmust-haves?|\bnice[- ]to[- ]haves?|\bentry routes?
2.5 \bwho (?:is it|it's|it is) (?:for|right)
2 \bstud(?:y|ies|ying)\b|\bschool\w*|\bdesirable|\bessential\b|\bsuit(?:s|ed)?\b|\bprofile\b|\bexperience\b
2 \bpersonality|\bneeded\b
[TOOLS]
3 ^what(?:'s| is) (?:in|inside) (?:the|a|an|your|their|her|his) (?:\w+'?s? )?\w+$
4 \btools?[- ]of[- ]the[- ]trade|\btool(?:kit|box|set|belt)s?\b|\btech(?:nology)? stack
4 \bsoftware (?:and|&) (?:tools|equipment|hardware)
3.3 \btools?\b|\bsoftware\b|\bequipment\b|\bstack\b|\bkit\b|\bgear\b|\binstruments?\b|\bmachinery\b|\bapparatus
3.3 \bhardware\b
2.7 \btechnolog\w+|\bplatforms?\b|\bapplications\b|\bapps\b|\bprograms\b|\bframeworks?\b|\bprogramming languages?
2.7 \butensils
[PAY]
3.4 ^what .{0,40}\bmakes?$
4 \bhow much\b.*\b(?:earn|make|paid|get|salary|pay|take home|cost to)|\bsalar(?:y|ies)\b
4 \bsalary (?:guide|range|expectations)
3.4 \bpays?\b|\bpaid\b|\bpaying\b|\bearn\w*|\bwages?\b|\bcompensat\w+|\bremunerat\w+|\bincomes?\b|\bday rates?\b
3.4 \bpayche(?:ck|que)s?|\bpayslips?
2.6 \bmoney\b|\btake[- ]home\b|\bstipends?\b|\bhow much\b|\bpackages?\b|\bhourly rates?\b|\bbank balance
2.6 \bworth in cash
[OUTLOOK]
4.5 \btaking off|\bbooming|\bon the rise|\bshrinking|\bdying (?:trade|out)|\bin short supply
3.2 \b(?:will|are|is) there (?:be )?(?:enough |any |plenty of )?(?:jobs?|work|demand)\b|\bchances of (?:finding|getting)
3.8 \boutlook\b|\bjob market\b|\blabou?r market\b|\bemployment (?:market|trends?|projections?)|\bin demand\b
3.8 \bjob growth\b
3.2 \bopenings?\b|\bproject(?:ions?|ed)\b|\bforecasts?\b|\bdemand\b|\bvacanc\w+|\bjob security
3.2 \bhiring (?:trends?|demand)|\bjob numbers
2.6 \bgrowth\b|\bgrowing\b|\bhow many jobs|\bare there (?:enough )?jobs|\bhiring\b|\bemployability
[PATH]
3.2 \bstepping up\b|\bmoving up\b|\branks?\b
3.5 \bwhere\b.{0,40}\b(?:leads?|takes? you|goes? next|go from here)\b
4.2 \bcareer (?:path\w*|ladders?|progress\w*|trajector\w+|develop\w+|growth|advance\w+|map|journey|stages?
    |steps?|moves?|tracks?|routes?|opportunit\w+)
3.5 \bpath(?:way)?s?\b|\bprogress\w*|\badvance\w*|\bladder\b|\bpromotions?\b|\btrajector\w+|\bnext steps?\b
3.5 \bwhere (?:it|the job|this|you|a|can|could|does)\b.*\b(?:leads?|go|takes?|next)\b
3.5 \b(?:related|similar|other|alternative|neighbou?ring|adjacent|senior|higher|next|typical) (?:roles
    |careers|jobs|occupations|titles|professions|positions)\b
3 \bjob titles?\b|\balso known as|\balso called|\bother names|\bmov(?:e|ing) (?:up|on)\b|\bclimb\w*
3 \bnext door\b|\brising through|\bstepping stones?|\brungs?\b
3 \bfrom .{2,30} to .{2,40}\b(?:head|chief|lead|director|owner|manager|master)
2.2 \bspecial(?:i[sz]ations?|isms?|ties|i[sz]e|ty|ist)\b|\blevels?\b|\bopportunit\w+|\boptions?\b
2.2 \bbranch(?:es|ing)\b|\bwhat(?:'s| is| comes) next\b|\bafter (?:a few|some|ten|five) years
[INDUSTRIES]
4.3 \bindustr(?:y|ies)\b|\bsectors?\b|\bwhere (?:do|does|can|will|could|might)\b.*\bwork(?:ing)?\b
4.3 \bwho (?:hires?|employs?|recruits?|needs)\b|\bwhere .{0,30}\bwork$
2.8 \bemployers?\b|\bworkplaces?\b|\bwork(?:ing)? (?:environments?|settings?|conditions?)\b|\bcompanies\b
2.8 \bwhere (?:they|you(?:'ll| will)?|people) work|\bsettings?\b|\bfields of work
[CHALLENGES]
3.4 \bthe catch\b|\bsmall print|\breality check|\bnot for everyone|\bless glamorous
3.6 \bchallenges?\b|\bchallenging\b|\bhurdles?\b|\bobstacles?\b|\bpitfalls?\b|\bdifficult\w*|\bpain points?\b
3 \bstruggles?\b|\bdownsides?\b|\bdrawbacks?\b|\bdisadvantages?\b|\bproblems?\b|\btough\w*|\bfrustrat\w+
3 \bhazards?\b|\bpressures?\b|\bhard(?:er|est)? (?:part|bit|side|truth)s?|\bwhat(?:'s| is| makes it) (?:so )?hard
3 \bheadaches?|\bstumbling
2.2 \brisks?\b|\bcons\b|\bmistakes?\b|\bhard\b|\bstress\w*|\bnot so glamorous|\bdark side|\bwrong\b|\bcan go wrong
[RESPONSES]
4 \b(?:mak(?:e|es|ing) (?:it|life|things|them) easier)|\bsurvival (?:guide|tips|kit)|\bstaying sane
5.2 \bovercom\w+
5.2 \b(?:tackl|cop|beat|solv|address|handl|master|navigat|manag|meet|rise to|dealing with|deal with
    |get(?:ting)? (?:past|over|around|through)|work(?:ing)? around|respond|conquer|surviv
    |clear)\w*\b.{0,30}\b(?:challenges?|difficult\w*|hurdles?|obstacles?|problems?|pitfalls?|pressures?|hard\w*
    |tough\w*|them|these|it)\b
3.2 \bsolutions?\b|\bremed(?:y|ies)\b|\bwhat helps\b|\bways (?:around|out|past)|\bstrategies\b|\bcop(?:e|ing)\b
3.2 \bhow (?:the )?(?:good|best|experienced) .{0,30} (?:deal|cope|manage)|\bovercoming\b
[KPIS]
6 \bkpis?\b|\b(?:key )?performance (?:indicators?|metrics?|measures?|goals?|targets?)
4.2 \bhow .{0,60}\b(?:is|are|gets?|do you|to|they|we|be|you) ?(?:measured?|evaluated?|judged?|assessed?|rated?
    |graded|track(?:ed)?)\b
4.2 \bwhat (?:good|success|great|excellence) looks like|\bmetrics?\b|\bscorecards?
3 \bmeasur\w+|\bindicators?\b|\bbenchmarks?\b|\byardsticks?\b|\bappraisals?\b|\bevaluat\w+|\btargets?\b
3 \bperformance\b|\bnumbers that (?:matter|count)
[INTERVIEW]
5 \binterview\w*
5 \bquestions? (?:to (?:expect|prepare|practi[cs]e|be ready)|you (?:may|might|will|could|can|should)
    |(?:employers|recruiters|hiring managers|they) (?:may|might|will|ask))
3 \b(?:may|might|will|could|likely to) be asked|\bat the interview
3 \bwhat (?:they|recruiters|employers) (?:may |will |might )?ask|\bin the hot seat|\bacross the (?:table|desk)
2 \bquestions?\b
[PROSPECTS]
3.6 \bwhat(?:'s| is) in it for
4.4 \bwhy (?:you should |should you |should i |people |anyone )?(?:become|choose|consider|be\b|work as|pursue
    |go into|pick|do it)
4.4 \bpros and cons|\badvantages and disadvantages|\bupsides? and downsides?
4 \b(?:job |career |employment |future )?prospects\b
4 \bis .{0,60}\b(?:a good (?:career|job|choice|fit)|worth it|right for|for you|the right)
4 \breasons? (?:to|for|why)|\bgood career\b
3.2 \bbenefits? (?:of|to)\b|\badvantages?\b|\bperks?\b|\brewards?\b|\brewarding\b|\bupsides?\b|\bpros\b
3.2 \bjob satisfaction|\bbest (?:parts?|bits?|things?)|\bappeal\b|\bworth it\b|\bwhat people (?:love|like)
2 \bbenefits?\b|^why\b|\bsatisfaction\b|\battractions?\b|\bjoys?\b|\bbright side
[FUTURE]
3 \byears from now\b|\bin (?:ten|five|twenty|\d+) years\b
4 \bfuture\b(?! (?:job )?(?:outlook|demand|prospects))|\btrends?\b
4 \bwhat(?:'s| is| lies)? (?:next|ahead|in store|coming|changing)\b(?! for you)|\bcoming years\b
4 \bwhere .{0,50}\b(?:headed|heading|going)\b
2.8 \bahead\b|\btomorrow\b|\bevol\w+|\bchanging\b|\bemerging\b|\bhorizon\b|\bautomation\b|\bdevelopments\b
2.8 \bnext (?:decade|ten years|five years)|\b20[3-9]\d\b|\bcrystal ball
[TIPS]
3.2 \bways? (?:to get )?in(?:to)?\b|\broutes? in(?:to)?\b
4.2 \btips?\b|\badvice\b|\bpointers?\b
4.2 \bhow (?:to|do you|do i|can you|can i|you can|one can) (?:\w+ )?(?:become|start|get|break|enter|land
    |succeed|excel|be\b|train|qualify|stand out|launch)
3.6 \bget(?:ting)? (?:started|into|in\b|there|hired|your foot)|\bbreak(?:ing)? in(?:to)?\b|\bsteps? to(?:wards?)?\b
3.6 \bfirst steps?\b|\bstarting out\b|\bstep[- ]by[- ]step|\broadmap\b|\bhow to succeed|\bsucceed as
2.7 \bbecom(?:e|ing)\b|\bhints?\b|\brecommendations?\b|\bsuggestions?\b|\baspiring\b|\bnewcomers?\b|\bbeginners?\b
2.7 \bwould-be\b|\bstand(?:ing)? out\b|\bdo'?s and don'?ts|\bbefore you (?:start|apply|begin|enrol)|\bpieces of\b
2.7 \bwords of wisdom|\bif you(?:'re| are) (?:thinking|starting|new)
[SUMMARY]
3.4 \bover and out|\bthat's a wrap|\bsigning off|\blast call|\bthe end\b
4.6 \bconclusions?\b|\bconcluding\b|\bsumm(?:ary|ing up|ing it up|ed up)|\bsum(?:s|ming)? (?:it )?(?:all )?up\b
4.6 \bfinal (?:thoughts?|words?|remarks?|note)|\bclosing (?:thoughts?|words?|remarks?|note)|\b(?:the )?last words?\b
4.6 \bwrap(?:ping|s)?[- ](?:it )?up\b|\bbottom line\b|\btake-?aways?\b|\brecap\b
4.6 \bin (?:short|closing|conclusion|sum|the end)\b|\bparting (?:thoughts?|words?)
3.2 \bto (?:finish|conclude|sum up|close|end)\b|\bin a nutshell\b|\bin brief\b|\bverdict\b|\bover to you\b
3.2 \ball in all\b|\btl;?dr\b|\bthe long and short
[QUESTIONS]
6 \bfaqs?\b|\bfrequently asked
6 \bcommon(?:ly asked)? questions(?! in| at| for)
4.6 \bquestions (?:and|&) answers|\bq ?& ?a\b
6 \bpeople also ask
[RESOURCES]
4 \bresources\b|\bfurther (?:reading|information|resources)|\breading list
4 \b(?:useful|helpful|handy) (?:links|websites|sites|organi[sz]ations|contacts)|\bwhere to learn
4 \brecommended (?:reading|books|courses)|\bwhere to (?:find|get) (?:help|out more|more)|\blearn(?:ing)? more\b
3 \bbooks\b|\bcourses\b|\bcommunities\b|\bprofessional (?:bodies|associations|organi[sz]ations)|\bassociations\b
3 \bpodcasts?\b
[RELATED]
6.5 \brelated (?:articles?|posts?|guides?|reads?|reading|content|stories|links|topics|pages)
6.5 \byou (?:may|might|could|'ll|will) (?:also )?(?:like|enjoy|love|be interested)
6.5 ^(?:read|see|more|explore|discover) (?:next|also|more|further|on|like this|articles|guides|posts)\b
6.5 \bmore (?:from|articles|guides|posts|like this|on this)\b|\bkeep reading
6.5 \brecommended (?:articles?|posts?|for you)|\bsimilar (?:articles|posts|guides)
6.5 \b(?:popular|latest|recent|trending|featured) (?:posts?|articles?|guides?|stories|news)|^up next$|^see also$
6.5 \bother (?:guides|articles|posts)|\bdon't miss|\bour other
[COMMENTS]
6.5 ^(?:thoughts|responses|replies|reactions|comments) (?:on|to)\b
6.5 \bleave (?:a|your) (?:reply|comment|response|thought)|^(?:\w+ )?comments?(?: section)?(?: ?\(?\d+\)?)?$
6.5 ^\(?\d+\)? (?:comments?|responses|replies|thoughts|reactions)\b|\bjoin the (?:discussion|conversation)
6.5 \bpost a comment|\breaders?'? comments?|\bshare your (?:thoughts|experience|opinion)|\bhave your say
6.5 \bwhat (?:do you|our readers) think|\bcancel reply|\bwhat readers say|^discussion$|^replies$|\badd a comment
6.5 ^responses$
[NEWSLETTER]
6.5 \bnewsletters?\b|\bsubscribe\b|\bsign up\b(?! (?:for|to) (?:a )?(?:course|apprentice))|\bmailing list
6.5 \b(?:in|to) your inbox|\bjoin (?:our|the|\d[\d,]*) (?:\w+ )?(?:mailing|email|list|subscribers|readers|community)
6.5 \bstay in the loop
6.5 \bget (?:weekly|the latest|job alerts|our|more .{0,20} in your)|\bnever miss\b|\bweekly (?:digest|tips|update)
6.5 \bjob alerts?\b
[AUTHOR]
6.5 \babout the (?:authors?|writers?|editors?|publisher)|^(?:the )?authors?(?: bio)?$|^written by\b
6.5 \bmeet the (?:author|writer|team)|\babout (?:us|our (?:company|site|team)|\w+\.(?:com|org))$
6.5 \beditorial (?:note|policy|standards)|\bour (?:editorial|review) (?:process|team)
6.5 \bhow we (?:write|research|review)|\bdisclos\w+|\bdisclaimer
[CONTENTS]
6.5 \btable of contents|^(?:page |article )?contents?$|\bon this page|\bin this (?:article|guide|post|page)
6.5 \bjump (?:to|ahead)|\bquick (?:links|navigation|nav)|\bwhat(?:'s| is) (?:inside|covered|in this)
6.5 \bwhat (?:we|this (?:article|guide)) (?:will )?covers?
6.5 \bnavigat(?:e|ion) (?:this|menu)|^navigation$|^menu$|\bpage contents
[SHARING]
6.5 ^share (?:this|on|via|it)\b|^share$|^shares?:?$|\bfollow us|\btweet\b|\bspread the word|\bpin it
6.5 \bfind us on|\bconnect with us
[ADVERTISING]
6.5 ^adverti[sz]e\w+|^sponsored\b|^promoted\b|\bpartner (?:content|offer)|\bspecial offer|\blimited (?:time )?offer
6.5 \bbook (?:a|your) (?:free )?(?:call|consultation|demo)|\bget (?:\d+% )?off\b|\bour (?:course|bootcamp|services)
6.5 \bready to (?:hire|apply with us)|\bdownload our\b
[COOKIES]
6.5 \bcookie (?:policy|notice|settings|consent|preferences|banner)
6.5 \b(?:uses?|using|accept(?: all)?|about|we use) cookies
6.5 \bprivacy (?:preferences?|settings|policy|overview|notice)|\byour privacy
"""
