"""Words that offices, audits and places write with a capital: what `domain.mentions` does not take for names."""

from typing import Final


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


OFFICE: Final = _words("""
a about above academies academy academy's access accountability acorn acorns acres act act's action actions active
admissions adobe adult adults adults' advent advice adviser advisers advisor advocate afghan after agencies agency
agenda agreement albanian alert all allegation allegations also ambassador ambulance american an anchor and android
annex annual anti-bullying any appendix apple apprentice apprenticeship approach april arabic arbor are area artsmark
as asian aspire assembly assessment assessments assistant assistants associate at attached attendance audit audits
australian authorities authority authority's autumn available awareness badger badgers bangladeshi barn barnardo's
barnardos beacon because beech beeches been bees before behaviour behavioural bengali best better between beyond bible
bike bill board boat boats both breakout bridge brief briefing bright brighter british bromcom bronze brook bsl buddy
bulgarian bulletin bullying bus buses busy but butterflies butterfly by cabin cabinet cadets cafcass calm camera camhs
can cantonese car care careers caretaker caribbean cars case cases castle catch catering catholic cedar cedars
celebration census central centre ceop chair challenge champion champions chances chapel chaplain chapter charity
charter check checklist checks cherry chestnut chief child childcare childhood childline children children's childrens
chine chinese choices christian christmas chrome chromebook chromebooks church circle citizen civil claire's clare's
class classdojo classroom clear clerk clerk's climbie's clinic clinical club co-ordinator coach coast coastal code
coffee college command commissioner commissioning committee committee's communication community companion compass
compliance concern concerns conduct conference confidential congolese connexions consent constable constabulary
consultant contact contextual continuum contractor coordinator core corner coroner cottage council council's councils
counsel counselling county court cover covid cpoms create criminal criteria critical crown culture cup current
curriculum cyber cygnet cygnets czech daily data date dbs deaf den deputy designated detached detective developing
development dfe diocesan diocese director disability disclosure discord discovery district diversity diwali document
dog dogs dojo dolphin dolphins domestic dragon dragonfly dragons dreams drive dsl dsls duolingo during dutch duty each
eagles early easter edaware education education's educational edukit egyptian eid eight elective element eleven elm
elms elsa email emergency emotional employee employment encompass end ending engagement english enhanced ensure
entrust equality equity eritrean esafety escalation ethiopian ethnic ethos european evaluation every everyone
everyone's evidence evidence's excel exclusion executive existing experiences exploitation explorer explorers extended
external extremism eyfs eyfsp fabricated facebook families family famly farm feedback feeling female festival fields
file files filipino finance fire firm first five flag focus focused folder following food for forge form forms
fortnite foster four fourth foxes framework fraser freedom french friday from full fund funnel further future futures
gang gangs garden gardens gdpr gender general genital german ghanaian gillick giraffes girl girls gmail goals gold
good google governance governing governor governors governors' grade graded grange greek green greenfields grid group
groups grove guidance guide guild gym gypsy half hall hampshire handbook hanukkah happy harassment harbour harm
harmful have hawthorn hawthorns hays hazels he head heads heads' headteacher headteacher's headteachers health
healthcare healthier healthwatch healthy hearing hedgehog hedgehogs help her here heritage heron herons high hill
hills hindi hindu hindus his history hive home homophobic honour hope horizon horizons hospital hot hotmail hours
house housing how however hr hub human hungarian ict ideas identity if ill illness impact impero improvement in
inadequate inclusion inclusive indecent independence independent indian induced induction infant information initial
inset insight inspection inspector inspiring instagram integrated intelligence interagency internet intervention
interviews intimate ipad ipads iphone iranian iraqi irish is isams islamic island isle it italian items its jaccaud
jamaican japanese jew jewish jews jigsaw job joint journey jubilee june junior jury justice juvenile kahoot kcsie keep
keeping kenyan key keyworker kingdom kingfisher kingfishers kitchen kites knife knowledge kooth koran korean ks1 ks2
ks3 ks4 kurdish lado lados ladybird ladybirds laming languages laptop larch latvian law lead leader leader's leaders
leadership learner learners learners' learning leave legal lego lent lessons letter level levels lgbt liaison library
licensing lieutenant life lighthouse lights likely lime limited line link links lion lions list listening lithuanian
little live local lodge log logs lone longer looked lord's lost lower lunch lunchtime mainstream maintained makaton
making management manager managers mandarin mandatory map maple march market martha's martyn's mash maternity
mathletics maths matters meadow meadows medical medicine medium meeting meetings member members memorandum mental
mentor mentoring message messenger met methodist microphone microsoft midday midwife midwifery migration military mill
mind mindup minecraft minibus ministry minster minute minutes missing mission model moderation modern module monday
monitoring monkey monkeys month monthly morning most moving multi multi-agency mumsnet munro music muslim muslims
mutilation my myconcern named names national nature navy near necessary need needs negative neglect nepalese nepali
nest netflix network neurodiversity new next nhs nigerian nine no nominated none north northern not notes nothing
notice now nowhere nspcc nspcc's number numbots nurse nursery nurses oak oaks oasis object observation occasion
occupational ocean octopus of off offender offer office officer officers ofqual ofsted old olympic olympics omegle on
one onedrive ongoing online only onlyfans open operating operation operational operator opportunities or orange
orchard order orders ordinary organisation organisations other others otter otters our ours outcome outcomes outlook
outreach outside outstanding over overall overview owl owls oxfam pack package padlet pakistani palm panda pandas
panel paper paralympics parent parental parentkind parentmail parentpay parents parents' parish park parliament part
participation partner partners partnership partnership's partnerships pashto past pastoral patch pathfinder pathway
pathways patient pause paypal pebble pebbles pecs peer peers pegasus pen penguin penguins pentecost people performance
period permanent permission person personal personnel persons phase phone physical pictures pilot pine pines pink
pioneer place places plan planning play playstation please pledge plus pol-ed police policies policy polish pool
portal portuguese positive possible post postbox poverty power powerpoint practice practising practitioner
practitioners pre-school premium presenting prevent prevention previous pride primary prince princess principal
priority private probation procedure procedures process professional professionals programme project prompt protection
protocol proud provide provider provision pshe psychiatrist psychologist psychology public puffin puffins punjabi
pupil pupil's pupils pupils' purple purpose quality quarter quarterly quay queen question questionnaire questions
quick quiet quizlet quran rabbit rabbits race radicalisation rainbow rainbows raising ramadan range rapid rating reach
read reading reasonable recent reception recommendation recommendations record recording records recruitment red
reddit referral referrals reflection reflective refresher refuge refugee refuse regional register registration regular
regulation regulations regulatory rehabilitation related relationship relationships religious report reporting reports
request requires resource resources respect response responses responsible restorative restraint results return review
reviews right rights risk risks river rivers roblox rockstars role roles roma romanian room rota roundhouse routes
royal rse rshe rules running rural russian safe safeguard safeguarding safer saferecruitment safety salvation
samaritans same sammie's sample sanctuary sand sarah's saturday scholarpack school school's schools schoolwide science
scorecard scottish scrutineer scrutiny sea seagull seagulls seahorse seahorses seal seals search seasons second
secondary secretary section secure security securly seesaw self self-assessment self-evaluation semh senco sencos send
seneca senior senso sensory september serious service services session sets seven several sex sexual share shared
sharepoint sharing she shed sheet shell shells shine shop shore short should sign signal signpost signposted
signposting signs sikh sikhs silver sims single sir sister site six sixth skills sky skylark skylarks skype slovak
small smart smile smoke smoking smoothwall snapchat snapshot so social socials solent solution somali some someone
something source south southern space spanish sparrow sparrows sparx speak speakers special specialist specific speech
spiral sport sports spotify spring squirrel squirrels staff stage standard standards star starfish starlings start
starting state statement statutory step steppingstones steps still stop story strand strategic strategy street
strengthening strengths strong stronger structured student students studio studios subject subjects submission
substance sudanese suicide summary summer sunday sunflower sunflowers sunrise sunset sunshine supervision supplement
support supported supporting sure survey swahili swallow swallows swan swans swimming syrian system table talk talking
tamil tank tapestry task tea teacher teachers teachers' teaching team team's teams technique technology telegram tell
template ten tent term terms test thai thames that the theatre their them theme themed themes then therapist therapy
there these they things think thinking third this those thought thoughts threshold thresholds thrive through thursday
tide tides tier tiger tigers tiktok time to together toilets tool toolkit top topic topics torah toucan towards town
track tracker traffic trafficking training transition transport trauma travel traveller travellers treasurer tree
treehouse trees triage trip trips trust trustee trustees tuck tuesday tulip tumblr turkish turtle turtles twelve
twitch twitter two tycoon type ukrainian ukrainians unaccompanied under understanding unicef unicorn union unit united
unity universal university until update updated upper upstream urdu us use useful using vaisakhi valley values van
vectis very vetting victim victoria's video vietnamese view views villa violence virtual visible vision visit visitor
visitors visits voice voices volunteer volunteering volunteers vulnerable walk warning watch wattpad wave waves way we
weapons wednesday week weekend weekly welcome welcoming welfare well well-being wellbeing welsh were wessex west
western what what's whatsapp when where which while whisper whistleblowing white who whole why wider wightlink will
willow willows windmill window windows winter wise wishes with within without witness women women's wonde wood
woodland woodlands woodpecker word work worker workers workforce working workplace workshop world worries worry wrens
write written xbox yammer year years yellow yemeni yes yet yew yik you young your youth youtube yubo zebra zebras
zimbabwean zone zoom zumba
""")
"""Lower case. Offices, roles, forms, products, and the words a sentence opens with."""

PLACES: Final = _words("""
afghanistan africa aldershot alton alverstone america andover arreton australia bangladesh basingstoke bath bembridge
berkshire binstead birmingham bonchurch bournemouth brading brighstone brighton bristol britain british calbourne
cambridge carisbrooke chale chichester china cornwall cosham coventry cowes derby devon dorset east eastleigh england
essex eu europe exeter fareham farnborough france fratton freshwater germany godshill gosport guildford gurnard
hampshire havant havenstreet hong hythe india ireland isle italy kent kong lake leeds leicester lincoln liverpool
london lymington manchester medina nettlestone newchurch newport niton norfolk north northwood norton nottingham
osborne oxford pakistan parkhurst petersfield poland poole portsmouth reading rochdale romania romsey rookley
rotherham russia ryde salisbury sandown scotland seaview shalfleet shanklin sheffield shorwell solent somerset soton
south southampton southsea spain springvale st suffolk surrey sussex syria totland uk ukraine usa ventnor wales
waterlooville west whippingham whitwell wight wiltshire winchester wootton worthing wroxall yarmouth yaverland york
""")
"""Lower case. Places on the island and around it, and those that audits speak of."""

INSTITUTIONS: Final = _words("""
academy acres act alliance app appeal approach arms association avenue award awards ball barn bay beach block bridge
bus cafe café camp campaign campus castle cathedral center centre challenge championship chapel charity chine church
cic class clinic close club coach college consortium corner cottage cottages council course courses court crescent cup
day down downs drive enquiry federation fellowship ferry festival fields foundation fund gallery garden gardens gate
grange group groups grove guidance guidelines guild hall harbour heights helpline hill hospice hospital hostel hotel
house infant infants inn inquiry island junior lake lane law leaflets library lights limited lodge lounge ltd manor
mansion marina meadow memorial method mews mill ministries mission model monument museum network nurseries nursery
parish park partnership passage path pier playgroup plc pool posters practice pre-school preschool primary prize
programme programmes project projects pub quay questionnaire report reservoir review rise road room rooms roundabout
scale scheme school schools secondary services shield society square stadium station stores street suite surgery team
teams technique terrace test tests theatre therapy toolkit tower training trophy trust unit university view villa walk
ward way website week wing workshop workshops zone
""")
"""Lower case. What a name of a building, a street, an organisation or a law ends in."""

MONTHS: Final = _words("""
april august december february friday january july june march may monday november october saturday september sunday
thursday tuesday wednesday
""")
"""Lower case. Months and days."""

STARTERS: Final = _words("""
art autumn bill can chance faith grace grant hope joy mark may page pat reading rob said spring sue summer wells will
winter
""")
"""Lower case. Names that open a sentence as ordinary words: Will, May, Mark."""

TITLES: Final = _words("""
aunt auntie aunty baron baroness canon captain cllr coach colonel commander constable councillor dame dc detective di
doctor dr ds father fr grandad grandma grandpa granny imam inspector judge justice lady lord master matron midwife
miss mr mrs ms mx nan nanny nurse pastor pc prof professor rabbi rev reverend sergeant sgt sir sister sr
superintendent uncle vicar
""")
"""Lower case. Titles that stand before a name."""

TITLES_ALSO_WORDS: Final = _words("""
aunt auntie aunty baron baroness canon captain coach colonel commander constable councillor dame dc detective di
doctor ds father fr grandad grandma grandpa granny imam inspector judge justice lady lord master matron midwife miss
nan nanny nurse pastor rabbi sergeant sir sister sr superintendent uncle vicar
""")
"""Lower case. Of `TITLES` those that are words, too."""

CUES: Final = _words("""
aka alias aunt auntie baby boy boyfriend brother called carer child cousin dad daughter father foster-carer friend
girl girlfriend gran grandad granddad grandfather grandmother guardian infant is mother mum name named nan neighbour
nickname nicknamed partner perpetrator pupil sibling sister son stepdad stepfather stepmother stepmum student surname
suspect teenager toddler twin uncle victim
""")
"""Lower case. Words that announce a name."""

SAID: Final = _words("""
admitted alleged alleges appeared appears arrived asked asks attended attends came can't cannot claimed claims
confirmed could cried cries denied described did didn't disclosed discloses does doesn't explained explains feels felt
had has hit hurt interprets is laughed left lived lives missed moved presents ran refused reported returned said says
screamed seemed seems shares shouted smiled spoke started stayed stays stopped tells told wanted wants was went
whispered who whose wished wishes won't would wouldn't writes wrote
""")
"""Lower case. Words that tell what a person did."""

SPEAKS: Final = _words("""
admitted answered asked asks complained cried denied described disclosed explained mentioned phoned replied said says
screamed shouted smiled spoke stated thinks thought told wants wanted whispered wishes wrote
""")
"""Lower case. Of what a person did that what no thing does."""

TOGETHER: Final = _words("""
brothers children family household siblings sisters twins
""")
"""Lower case. What several persons with one name are called: "the Smith twins"."""

SEASONS: Final = _words("""
autumn easter spring summer winter
""")
"""Lower case. Times of the year that are given names, too."""

WELL_KNOWN: Final = tuple(
    tuple(line.split())
    for line in """
anne frank
anne longfield
baby p
blue peter
bob a job
charlie taylor
clare law
daniel pelka
duke of edinburgh
edinburgh award
eileen munro
florence nightingale
gillick competence
harry potter
harvey law
helena kennedy
jack petchey
jamie oliver
jimmy savile
josh macalister
king charles
lord laming
lucy faithfull
macmillan cancer
marie curie
marie stopes
martha rule
martin luther king
martyn law
mary seacole
nelson mandela
oliver mcgowan
oliver twist
peter rabbit
prince trust
queen elizabeth
queen victoria
roald dahl
robin hood
rosa parks
ruth perry
sammy law
sarah law
stephen lawrence
victoria climbie
victoria climbié
william shakespeare
winston churchill
""".strip().splitlines()
)
"""Lower case, without a possessive. Laws, inquiries, prizes and people in books: names that everybody may know."""

NOT_AFTER: Final = _words("""
blue hurricane king operation prince princess project queen room saint ss st storm ward
""")
"""Lower case. Words after which a given name is that of a thing, a saint or a ruler: "Storm Eunice"."""
