"""Words that offices, audits and places write with a capital: what `domain.mentions` does not take for names."""

from typing import Final


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


OFFICE: Final = _words("""
a about above academies academy academy's access accountability act act's action actions admissions adobe adult adults
adults' advice adviser advisers advisor advocate after agencies agency agenda agreement alert all allegation
allegations also ambassador ambulance an and android annex annual anti-bullying any appendix apple apprentice approach
april arabic arbor are area artsmark as assembly assessment assessments assistant assistants associate at attached
attendance audit audits authorities authority authority's autumn available awareness barnardo's barnardos because been
before behaviour behavioural best between beyond bill board both brief briefing british bronze brook buddy bulletin
bullying but by cabinet cadets cafcass calm camera camhs can care careers caretaker case cases catch catering catholic
celebration census central centre ceop chair champion champions chaplain chapter charity charter check checklist
checks chief child childcare childhood childline children children's childrens chinese christmas chromebook
chromebooks church circle civil claire's clare's class classroom clear clerk clerk's climbie's clinical co-ordinator
coach code college command commissioner commissioning committee committee's communication community companion
compliance concern concerns conduct conference confidential connexions consent constable constabulary consultant
contact contextual continuum contractor coordinator core coroner council council's councils counsel counselling county
court cover covid cpoms create criminal criteria critical crown culture current curriculum cyber daily data date dbs
deaf deputy designated detached detective developing development dfe diocesan diocese director disability disclosure
discord district diversity document domestic drive dsl dsls during duty each early easter education education's
educational edukit elective element elsa email emergency emotional employee employment encompass end ending engagement
english enhanced ensure entrust equality equity esafety escalation ethnic ethos european evaluation every everyone
everyone's evidence evidence's excel exclusion executive existing experiences exploitation extended external extremism
eyfs eyfsp fabricated facebook families family feedback feeling female file files finance fire firm first five flag
focus focused folder following for form forms fortnite foster framework freedom french friday from full further gang
gangs gdpr gender general genital german girl girls gold good google governance governing governor governors
governors' grade graded green grid group groups guidance guide guild half hampshire handbook happy harassment harm
harmful have he head heads heads' headteacher headteacher's headteachers health healthcare healthier healthwatch
healthy hearing help her here high his history home homophobic honour hospital hot hours house housing how however hr
hub human ict ideas identity if ill illness impact improvement in inadequate inclusion inclusive indecent independence
independent induced induction infant information initial inset insight inspection inspector inspiring instagram
integrated intelligence interagency internet intervention interviews intimate ipad ipads iphone irish is islamic
island isle it italian items its job joint june junior jury justice juvenile kcsie keep keeping key keyworker kingdom
knife knowledge kooth ks1 ks2 ks3 ks4 lado lados laming languages law lead leader leader's leaders leadership learner
learners learners' learning leave legal lessons letter level levels lgbt liaison library licensing life likely limited
line link list listening live local log logs lone longer looked lord's lost lower lunch lunchtime mainstream
maintained makaton making management manager managers mandatory map march martyn's mash maternity maths medical
medicine medium meeting meetings member members memorandum mental mentor mentoring message met methodist microphone
microsoft midday midwife midwifery migration military mind minecraft ministry minster minute minutes missing mission
model moderation modern module monday monitoring month monthly most multi multi-agency munro music muslim mutilation
my myconcern named names national navy near necessary need needs negative neglect netflix network neurodiversity new
next nhs no nominated none north northern not notes nothing notice now nowhere nspcc nspcc's number nurse nursery
nurses object observation occasion occupational of off offender offer office officer officers ofqual ofsted old on one
onedrive ongoing online only open operating operation operational operator opportunities or orange order ordinary
organisation organisations other others our ours outcome outcomes outlook outreach outside outstanding over overall
overview pack package panel paper parent parental parents parents' parish parliament part participation partner
partners partnership partnership's partnerships past pastoral patch pathway pathways patient pause peer peers pen
people performance period permanent permission person personal personnel persons phase phone physical pictures pilot
pink place places plan planning play please pledge plus pol-ed police policies policy polish portal portuguese
positive possible post postbox poverty power powerpoint practice practising practitioner practitioners pre-school
presenting prevent prevention previous primary prince princess principal priority private probation procedure
procedures process professional professionals programme project prompt protection protocol proud provide provider
provision pshe psychiatrist psychologist psychology public pupil pupil's pupils pupils' purple purpose quality quarter
quarterly queen question questionnaire questions quick quiet race radicalisation raising range rapid rating reach read
reading reasonable recent reception recommendation recommendations record recording records recruitment red referral
referrals reflection reflective refresher refuge refugee refuse regional register registration regular regulation
regulations regulatory rehabilitation related relationship relationships religious report reporting reports request
requires resource resources respect response responses responsible restorative restraint results return review reviews
right rights risk risks roblox role roles romanian rota routes royal rse rshe rules running rural russian safe
safeguarding safer saferecruitment safety salvation samaritans same sample sanctuary sarah's saturday school school's
schools schoolwide science scorecard scottish scrutineer scrutiny sea search secondary secretary section secure
security self self-assessment self-evaluation semh senco sencos send senior sensory september serious service services
session sets several sex sexual share shared sharepoint sharing she sheet shine short should sign signpost signposted
signposting signs silver single sir sister site sixth skills skype small smart smile smoke smoking snapchat snapshot
so social socials solent solution some someone something source south southern space spanish speak speakers special
specialist specific speech spiral sports spring staff stage standard standards star start starting state statement
statutory step steps still stop story strand strategic strategy street strengthening strengths strong structured
student students subject subjects submission substance suicide summary summer sunday supervision supplement support
supported supporting sure survey swan swimming system table talk talking task teacher teachers teachers' teaching team
team's teams technology tell template ten term terms test thames that the their them theme themed themes then
therapist therapy there these they things think thinking this those thought thoughts threshold thresholds through
thursday tier tiktok time to together toilets tool toolkit top topic topics towards town track tracker traffic
trafficking training transition transport trauma travel treasurer tree triage trust trustee trustees tuesday twitter
two type ukrainian unaccompanied under understanding unicef union unit united unity universal university until update
updated upper upstream us use useful using values very vetting victim victoria's video view views violence virtual
visible vision visit visitor visitors visits voice volunteer volunteering volunteers vulnerable walk warning watch way
we weapons wednesday week weekend weekly welcome welcoming welfare well well-being wellbeing welsh were wessex west
western what what's whatsapp when where which while whistleblowing white who whole why wider will window windows
winter wishes with within without witness women women's wood word work worker workers workforce working workplace
workshop world worries worry write written year years yellow yes yet you young your youth youtube zone zoom
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
academy act avenue award awards bay beach cathedral center centre chapel charity church clinic close college cottage
council court day down downs drive enquiry federation foundation hall hospice hospital hotel house infant infants
inquiry island junior lane law library lodge nursery parish park practice pre-school preschool primary report review
road school schools secondary square street surgery terrace trust unit university ward way week
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
cllr dame dc di dr ds father fr lady lord master miss mr mrs ms mx pc prof professor rev reverend sgt sir sister sr
""")
"""Lower case. Titles that stand before a name."""

TITLES_ALSO_WORDS: Final = _words("""
dame dc di ds father fr lady lord master miss sir sister sr
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
alleged alleges arrived asked asks attended attends came confirmed cried described disclosed discloses explained feels
felt had has hit hurt is left lived lives missed moved ran refused reported returned said says started stayed stays
stopped tells told wanted wants was went who whose
""")
"""Lower case. Words that tell what a person did."""
